package io.agentos.tools.sql.isolation;

import java.util.Locale;

/** What is looked for, in the order in which it is told. */
public enum Hazard {
  ROLE_MISSING(
      "The role is not there",
      "Nothing can be said about a role that does not exist; the application would work as another."),
  RLS_OFF(
      "Row-level security is off",
      "The role can read or write the table, and no policy is applied to it: it gets every row."),
  RLS_NOT_FORCED(
      "Row-level security does not hold for the owner",
      "Without FORCE the policies do not apply to the owner, nor to views and functions that run"
          + " with the owner's rights."),
  ROLE_ABOVE_POLICIES(
      "The role is above policies",
      "SUPERUSER and BYPASSRLS ignore policies; CREATEROLE and REPLICATION lead to the same rows in"
          + " one more step."),
  ROLE_BECOMES_MORE(
      "The role can become one that is above policies",
      "One SET ROLE is enough: a membership is as strong as the role it leads to."),
  ROLE_OWNS(
      "The role owns a relation",
      "An owner can switch row-level security off, drop a policy or disable a trigger."),
  VIEW_AS_OWNER(
      "A view reads with the rights of its owner",
      "Without security_invoker a view shows what its owner sees, whoever asks."),
  COPY_OPEN(
      "A materialized view or foreign table is open",
      "Row-level security does not exist for either: whoever may read it reads all of it."),
  DEFINER_OPEN(
      "The role may call a function that runs with its owner's rights",
      "A SECURITY DEFINER function does what its owner may do, past the caller's policies."),
  DEFINER_SEARCH_PATH(
      "A function with its owner's rights takes names from the caller's search_path",
      "The caller decides which table or function a name means, and runs own code as the owner."),
  GRANT_BEYOND_POLICIES(
      "A privilege that no policy limits",
      "TRUNCATE empties the table for all tenants, REFERENCES tells which keys exist, TRIGGER runs"
          + " code with the rights of others."),
  POLICY_ALWAYS_TRUE(
      "A policy lets every row through",
      "Permissive policies add up: one that always says yes is enough."),
  POLICY_WITHOUT_TENANT(
      "A policy does not compare the tenant column",
      "What it lets through does not depend on whose row it is."),
  POLICY_MISSING(
      "Row-level security without a policy",
      "Nobody but the owner sees a row; the quick repair that people find is to switch it off."),
  UNIQUE_ACROSS_TENANTS(
      "A unique key spans tenants",
      "Adding a value that another tenant holds fails, and so tells that it exists. Values that"
          + " nobody can guess (uuid) or choose (identity) are left out."),
  REFERENCE_ACROSS_TENANTS(
      "A foreign key spans tenants",
      "Foreign keys are checked past row-level security: a row can point at another tenant's row,"
          + " and the check tells whether it exists."),
  TABLE_WITHOUT_TENANT(
      "A readable table does not say whose its rows are",
      "No policy can tell tenants apart in it."),
  GRANTED_TO_PUBLIC(
      "Something is granted to PUBLIC",
      "PUBLIC is every role of the server, those of other applications and those to come included."),
  AUDIT_MUTABLE(
      "The role can rewrite an audit table",
      "What can be changed by the one whose deeds it records proves nothing."),
  TENANT_NULLABLE(
      "The tenant column may be null",
      "A row without a tenant belongs to nobody, and a comparison with null hides it from every"
          + " check."),
  WAY_OUT(
      "A way out of the database",
      "Extensions and roles that open connections or files get past what this database enforces.");

  private final String title;
  private final String meaning;

  Hazard(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** As written in fields and reports, for good, such as {@code rls-off}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is wrong, in a few words. */
  public String title() {
    return title;
  }

  /** Why it matters, for a person who does not know Postgres well. */
  public String meaning() {
    return meaning;
  }
}
