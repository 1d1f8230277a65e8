package io.agentos.tools.sql.schema;

import io.agentos.tools.sql.Audits;
import io.agentos.tools.sql.schema.LoadOutcome.Loaded;
import io.agentos.tools.sql.scratch.AdminScratchDatabases;
import io.agentos.tools.sql.scratch.ScratchDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What loading ended with, and the answers to questions put to the database afterwards. */
record LoadedSchema(LoadOutcome outcome, List<String> answers) {
  private static final AdminScratchDatabases SCRATCH = new AdminScratchDatabases(Audits::admin);

  static LoadedSchema of(String sql, String... questions) throws SQLException {
    return SCRATCH.with(database -> of(database, sql, questions));
  }

  private static LoadedSchema of(ScratchDatabase database, String sql, String... questions)
      throws SQLException {
    try (Connection connection = database.open()) {
      LoadOutcome outcome = SchemaLoader.load(connection, sql);
      List<String> answers = new ArrayList<>();
      if (outcome instanceof Loaded) {
        for (String question : questions) {
          answers.add(answer(connection, question));
        }
      }
      return new LoadedSchema(outcome, answers);
    }
  }

  private static String answer(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
