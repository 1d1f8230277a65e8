package io.agentos.tools.sql.rls;

/**
 * What is looked for. The order is the one in which repairs are run: roles and tables first, then
 * policies, then what hangs on them.
 */
enum Rule {
  LOGIN_IGNORES_RLS(
      "login-ignores-rls",
      "A login ignores row-level security",
      "A role with SUPERUSER or BYPASSRLS sees and changes every row, whatever the policies say."
          + " An application must connect as a role with neither.",
      "No application login ignores row-level security."),
  LOGIN_CAN_BYPASS(
      "login-can-bypass",
      "A login can become a role that ignores row-level security",
      "One SET ROLE is enough to see every row. A membership is as strong as the role it leads to.",
      "No login can become a role that ignores row-level security."),
  OWNER_CAN_LOGIN(
      "owner-can-login",
      "An application login owns tables",
      "The owner of a table can switch its row-level security off, and without FORCE no policy"
          + " holds for it. The application should connect as a role that owns nothing.",
      "No application login owns tables."),
  RLS_OFF(
      "rls-off",
      "Row-level security is off",
      "Without row-level security (RLS) whoever may use the table gets every row of it. Policies"
          + " on it are not applied.",
      "Row-level security is on for every table."),
  RLS_NOT_FORCED(
      "rls-not-forced",
      "Row-level security does not hold for the owner",
      "Without FORCE the policies do not apply to the owner of the table, nor to views and"
          + " functions that run as the owner.",
      "Row-level security holds for the owners too (FORCE)."),
  NO_POLICY(
      "rls-no-policy",
      "Row-level security is on, and no policy lets anyone in",
      "Nobody but the owner sees a row. That is safe, but the application gets empty answers, and"
          + " the quick repair people find is to switch RLS off.",
      "Every table with row-level security has a policy."),
  POLICY_ALWAYS_TRUE(
      "policy-always-true",
      "A policy lets every row through",
      "A permissive policy that is always true opens the table as if row-level security were off:"
          + " policies add up, and one that says yes is enough.",
      "No policy is always true."),
  POLICY_USER_METADATA(
      "policy-user-metadata",
      "A policy trusts what users can write about themselves",
      "Every signed-in user can edit their own user_metadata, and so give themselves any right"
          + " that a policy reads from it. app_metadata can only be set by the server.",
      "No policy trusts user_metadata."),
  POLICY_NO_CHECK(
      "policy-no-check",
      "A policy does not say which rows may be written",
      "Without WITH CHECK the USING condition also decides what a row may become, which is easily"
          + " overlooked when USING is changed. An INSERT policy without it allows nothing.",
      "Every policy for writing says which rows may be written (WITH CHECK)."),
  POLICY_TO_PUBLIC(
      "policy-to-public",
      "A policy names no role",
      "Without TO a policy is for everybody, visitors who are not signed in included. Naming the"
          + " role closes that door and saves the check for everybody else.",
      "Every policy names the roles it is for."),
  POLICY_PER_ROW_CALL(
      "policy-per-row-call",
      "A policy asks who the user is once per row",
      "Wrapped as (select …) the question is asked once per query. On large tables that makes"
          + " queries many times faster.",
      "Policies ask who the user is once per query."),
  POLICY_NO_INDEX(
      "policy-no-index",
      "A column that a policy compares has no index",
      "Every query on the table is filtered by this column, so that without an index it reads the"
          + " whole table.",
      "The columns that policies compare have an index."),
  VIEW_AS_OWNER(
      "view-as-owner",
      "A view goes around row-level security",
      "A view reads its tables with the rights of its owner and not of the person who asks, unless"
          + " security_invoker is on.",
      "Views read with the rights of the person who asks."),
  COPY_OPEN(
      "copy-open",
      "A materialized view shows rows past row-level security",
      "A materialized view is a copy made with the rights of its owner. It has no policies, and"
          + " whoever may read it reads all of it.",
      "No materialized view is open to others."),
  FOREIGN_TABLE_OPEN(
      "foreign-table-open",
      "A foreign table is open to others",
      "Row-level security does not exist for foreign tables. Whoever may use it gets every row.",
      "No foreign table is open to others."),
  DEFINER_OPEN(
      "definer-open",
      "Anyone can call a function that runs with the rights of its owner",
      "A SECURITY DEFINER function does what its owner may do, past all policies, for whoever"
          + " calls it. PostgreSQL lets everybody call a new function.",
      "No function with its owner's rights is open to everybody."),
  DEFINER_SEARCH_PATH(
      "definer-search-path",
      "A function with its owner's rights lets the caller choose what names mean",
      "Without a search_path of its own a SECURITY DEFINER function finds tables and functions"
          + " where the caller says, also ones that the caller made to be found.",
      "Functions with their owner's rights have a search_path of their own."),
  GRANTED_TO_PUBLIC(
      "granted-to-public",
      "Something is granted to PUBLIC",
      "PUBLIC is every role of the server, those of other applications and those still to come"
          + " included.",
      "No table is granted to PUBLIC."),
  GRANTED_BEYOND_RLS(
      "granted-beyond-rls",
      "A grant goes beyond row-level security",
      "No policy applies to TRUNCATE, which empties the table for everyone. REFERENCES tells which"
          + " keys exist, and TRIGGER runs code with the rights of others.",
      "Nobody may TRUNCATE, REFERENCE or put triggers on a table of another."),
  SCHEMA_OPEN(
      "schema-open",
      "Everybody may create objects in a schema",
      "Whoever can create objects where others look for names can put their own in front of the"
          + " real ones.",
      "Nobody but the owner may create objects in a schema."),
  UNIQUE_ACROSS_TENANTS(
      "unique-across-tenants",
      "A unique value tells that another tenant has it",
      "A value is unique over the rows of all tenants. Adding one that a row of another tenant"
          + " holds fails, and so tells that it exists.",
      "Unique values are unique per tenant."),
  KEY_ACROSS_TENANTS(
      "key-across-tenants",
      "A foreign key accepts the row of another tenant",
      "Foreign keys are checked past row-level security. A row can point at the row of another"
          + " tenant, and the check tells whether it exists.",
      "Foreign keys stay within a tenant.");

  private final String id;
  private final String title;
  private final String meaning;
  private final String fine;

  Rule(String id, String title, String meaning, String fine) {
    this.id = id;
    this.title = title;
    this.meaning = meaning;
    this.fine = fine;
  }

  /** As written in fields, reports and comments, for good. */
  String id() {
    return id;
  }

  /** What is wrong, in a few words. */
  String title() {
    return title;
  }

  /** Why it matters, for a person who does not know Postgres. */
  String meaning() {
    return meaning;
  }

  /** What can be said when nothing was found. */
  String fine() {
    return fine;
  }
}
