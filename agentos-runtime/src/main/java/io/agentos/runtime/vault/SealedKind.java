package io.agentos.runtime.vault;

/**
 * The kinds of values that {@link Vault} seals, which is all that is under the master key itself. A
 * new one is added here, and its column to the rights of {@code agentos_vault}; a test compares
 * this list with what the columns of the database hold.
 */
enum SealedKind {
  TENANT_KEYS("tenant_key.wrapped", RewrapSql.TENANT_KEYS, RewrapSql.REWRAP_TENANT_KEYS),
  SIGN_INS("oidc_flow.sealed", RewrapSql.SIGN_INS, RewrapSql.REWRAP_SIGN_INS),
  SECOND_FACTORS("second_factor.sealed", RewrapSql.SECOND_FACTORS, RewrapSql.REWRAP_SECOND_FACTORS),
  TOKEN_KEYS("privacy_rules.sealed_key", RewrapSql.TOKEN_KEYS, RewrapSql.REWRAP_TOKEN_KEYS),
  WEBHOOK_SECRETS(
      "webhook_secret.sealed", RewrapSql.WEBHOOK_SECRETS, RewrapSql.REWRAP_WEBHOOK_SECRETS),
  SECRETS("secret_version.sealed", RewrapSql.SECRETS, RewrapSql.REWRAP_SECRETS),
  HELD_SUBJECTS(
      "legal_hold.sealed_target", RewrapSql.HELD_SUBJECTS, RewrapSql.REWRAP_HELD_SUBJECTS);

  private final String column;
  private final String page;
  private final String rewrap;

  SealedKind(String column, String page, String rewrap) {
    this.column = column;
    this.page = page;
    this.rewrap = rewrap;
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
