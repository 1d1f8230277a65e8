package io.agentos.runtime.sessions;

import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.identity.Credential;
import io.agentos.runtime.store.Tx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Codes on paper, for the day an authenticator app is lost. Thread-safe. */
final class RecoveryCodes {
  private static final int COUNT = 10;
  private static final int BYTES = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RecoveryCodes() {}

  /** Whose they are. */
  record Owner(TenantId tenant, UserId user) {}

  /** Makes new ones, of which only hashes are stored. */
  static List<String> make(Tx tx, Owner owner) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] bytes = new byte[BYTES];
      RANDOM.nextBytes(bytes);
      String text = Totp.base32(bytes).toLowerCase(Locale.ROOT);
      String code = text.substring(0, text.length() / 2) + "-" + text.substring(text.length() / 2);
      codes.add(code);
      tx.update(
          SecondFactorsSql.ADD_RECOVERY,
          owner.tenant.value(),
          owner.user.value(),
          Credential.sha256(code));
    }
    return codes;
  }

  /** Whether a code is one of them and was not used for another call; it is used with that. */
  static boolean use(Tx tx, Owner owner, String code, byte[] call) {
    return tx.update(
            SecondFactorsSql.USE_RECOVERY,
            call,
            owner.tenant.value(),
            owner.user.value(),
            Credential.sha256(code.toLowerCase(Locale.ROOT)),
            call)
        == 1;
  }
}
