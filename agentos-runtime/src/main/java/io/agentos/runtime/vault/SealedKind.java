package io.agentos.runtime.vault;

/**
 * The kinds of values that {@link Vault} seals, which is all that is under the master key itself. A
 * new one is added here, and its column to the rights of {@code agentos_vault}; a test compares
 * this list with what the columns of the database hold.
 */
enum SealedKind {
  TENANT_KEYS("tenant_key", "wrapped", ", wrapped_at = now()"),
  SIGN_INS("oidc_flow", "sealed", ""),
  SECOND_FACTORS("second_factor", "sealed", ""),
  TOKEN_KEYS("privacy_rules", "sealed_key", ""),
  WEBHOOK_SECRETS("webhook_secret", "sealed", ""),
  SECRETS("secret_version", "sealed", ""),
  HELD_SUBJECTS("legal_hold", "sealed_target", "");

  private final String column;
  private final String page;
  private final String rewrap;

  SealedKind(String table, String column, String more) {
    this.column = table + "." + column;
    this.page = RewrapSql.page(table, column);
    this.rewrap = RewrapSql.rewrap(table, column, more);
  }

  /** Where they are, as TABLE.COLUMN. */
  String column() {
    return column;
  }

  /** Values of a tenant after one, in their order: parameters are tenant, value, how many. */
  String page() {
    return page;
  }

  /** Changes values: parameters are those of before, those of now, tenant. */
  String rewrap() {
    return rewrap;
  }
}
