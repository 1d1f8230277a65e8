package io.agentos.tools.sql.rls;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by their names which columns hold something about one person or one tenant. */
final class PersonalColumns {
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(.*_)?(user|users|owner|tenant|org|organization|organisation|account|customer|client"
              + "|member|profile|author|patient|employee|person|email|mail|phone|mobile|address"
              + "|street|password|passwd|secret|token|ssn|iban|card|salary|birth|birthday|dob|ip"
              + "|last_?name|first_?name|full_?name|surname)(_.*)?");

  private static final Pattern OF_USER =
      Pattern.compile(
          "(user|owner|author|creator|profile)(_?u?u?id)?|created_by|uid|auth_id|auth_user_id");

  private static final Pattern OF_PERSON = Pattern.compile("(person|member|customer)(_?u?u?id)?");

  private PersonalColumns() {}

  /** Whether any column holds something about a person or a tenant. */
  static boolean in(List<Column> columns) {
    return columns.stream().anyMatch(column -> PERSONAL.matcher(name(column)).matches());
  }

  /** Whether the column names the user, known to the database, to whom a row belongs. */
  static boolean namesUser(Column column) {
    return OF_USER.matcher(name(column)).matches();
  }

  /** Whether the column names the one person to whom a row belongs, and not a group of people. */
  static boolean namesPerson(Column column) {
    return namesUser(column) || OF_PERSON.matcher(name(column)).matches();
  }

  private static String name(Column column) {
    return column.name().toLowerCase(Locale.ROOT);
  }
}
