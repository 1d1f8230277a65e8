package io.agentos.tools.sql.script;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.sql.script.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits an SQL script into statements, as psql does: semicolons inside quotes, dollar quotes,
 * comments, parentheses and {@code BEGIN ATOMIC} bodies do not end a statement.
 */
public final class SqlScript {
  /** The most pieces of one script. */
  public static final int PARTS_MAX = 50_000;

  /** How many words at the start of a statement tell that it makes a function. */
  private static final int HEAD_WORDS_MAX = 4;

  private final String sql;
  private final SqlLexer lexer;
  private final List<ScriptPart> parts = new ArrayList<>();
  private int countedTo;
  private int line = 1;

  private int start = -1;
  private int end;
  private int parentheses;
  private int bodies;
  private List<String> head = new ArrayList<>();
  private String previousWord = "";
  private boolean copiesFromStdin;

  private SqlScript(String sql) {
    this.sql = sql;
    this.lexer = new SqlLexer(sql);
  }

  /**
   * The pieces of a script; none for a blank one.
   *
   * @throws AgentOsException INVALID_ARGUMENTS when there are more than {@link #PARTS_MAX}
   */
  public static List<ScriptPart> split(String sql) {
    SqlScript script = new SqlScript(sql);
    script.run();
    return List.copyOf(script.parts);
  }

  private void run() {
    for (SqlToken token = lexer.next(); token.kind() != Kind.END; token = lexer.next()) {
      if (isSymbol(token, '\\')) {
        psqlCommand(token);
      } else if (isSymbol(token, ';') && parentheses == 0 && bodies == 0) {
        endStatement();
      } else {
        extend(token);
      }
    }
    endStatement();
  }

  private void extend(SqlToken token) {
    if (start < 0) {
      start = token.start();
    }
    end = token.end();
    if (isSymbol(token, '(')) {
      parentheses++;
    } else if (isSymbol(token, ')')) {
      parentheses = Math.max(0, parentheses - 1);
    } else if (token.kind() == Kind.WORD) {
      word(sql.substring(token.start(), token.end()).toLowerCase(Locale.ROOT));
    }
  }

  private void word(String word) {
    if (head.size() < HEAD_WORDS_MAX) {
      head.add(word);
    }
    if (parentheses == 0 && makesRoutine()) {
      if (word.equals("begin") || (word.equals("case") && bodies > 0)) {
        bodies++;
      } else if (word.equals("end")) {
        bodies = Math.max(0, bodies - 1);
      }
    }
    if (head.getFirst().equals("copy") && word.equals("stdin") && previousWord.equals("from")) {
      copiesFromStdin = true;
    }
    previousWord = word;
  }

  private boolean makesRoutine() {
    if (!head.getFirst().equals("create")) {
      return false;
    }
    boolean replaces = head.size() > 2 && head.get(1).equals("or") && head.get(2).equals("replace");
    int noun = replaces ? 3 : 1;
    return head.size() > noun
        && (head.get(noun).equals("function") || head.get(noun).equals("procedure"));
  }

  private void endStatement() {
    if (start >= 0) {
      String text = sql.substring(start, end);
      add(copiesFromStdin ? copyRows(text) : new ScriptPart.Statement(lineOf(start), text));
    }
    reset();
  }

  private ScriptPart copyRows(String text) {
    int at = lineOf(start);
    int rows = 0;
    lexer.restOfLine();
    while (!lexer.atEnd()) {
      if (lexer.restOfLine().stripTrailing().equals("\\.")) {
        break;
      }
      rows++;
    }
    return new ScriptPart.CopyRows(at, text, rows);
  }

  /** Everything from the backslash to the end of the line, and a statement that is still open. */
  private void psqlCommand(SqlToken backslash) {
    String command = "\\" + lexer.restOfLine().strip();
    boolean sendsAsIs = command.equals("\\g") || command.equals("\\;");
    if (start >= 0 && sendsAsIs) {
      endStatement();
      return;
    }
    int from = start < 0 ? backslash.start() : start;
    String before = start < 0 ? "" : sql.substring(start, end) + " ";
    add(new ScriptPart.PsqlCommand(lineOf(from), before + command));
    reset();
  }

  private void add(ScriptPart part) {
    if (parts.size() == PARTS_MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS,
          "The SQL has more than %d statements. Leave out the rows and keep the definitions."
              .formatted(PARTS_MAX));
    }
    parts.add(part);
  }

  private void reset() {
    start = -1;
    parentheses = 0;
    bodies = 0;
    head = new ArrayList<>();
    previousWord = "";
    copiesFromStdin = false;
  }

  /** Offsets come in ascending order, so that all lines are counted once. */
  private int lineOf(int offset) {
    while (countedTo < offset) {
      if (sql.charAt(countedTo) == '\n') {
        line++;
      }
      countedTo++;
    }
    return line;
  }

  private boolean isSymbol(SqlToken token, char symbol) {
    return token.kind() == Kind.SYMBOL && sql.charAt(token.start()) == symbol;
  }
}
