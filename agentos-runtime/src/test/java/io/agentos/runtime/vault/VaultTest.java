package io.agentos.runtime.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.TenantId;
import org.junit.jupiter.api.Test;

final class VaultTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");
  private static final byte[] PLAIN = "whsec_heron".getBytes(UTF_8);

  private final String key = MasterKey.random();
  private final Vault vault = new Vault(MasterKey.of(key));

  @Test
  void sealedValue_opensForItsTenantAndPlace() {
    byte[] sealed = vault.seal(ACME, "webhook:1", PLAIN);

    assertThat(new String(sealed, UTF_8)).doesNotContain("heron");
    assertThat(new Vault(MasterKey.of(key)).open(ACME, "webhook:1", sealed)).isEqualTo(PLAIN);
  }

  @Test
  void sameValue_sealedTwice_looksDifferent() {
    assertThat(vault.seal(ACME, "webhook:1", PLAIN))
        .isNotEqualTo(vault.seal(ACME, "webhook:1", PLAIN));
  }

  @Test
  void sealedValue_movedToAnotherTenantOrPlace_staysShut() {
    byte[] sealed = vault.seal(ACME, "webhook:1", PLAIN);

    assertThatThrownBy(() -> vault.open(OTHER, "webhook:1", sealed)).hasMessage(shut("webhook:1"));
    assertThatThrownBy(() -> vault.open(ACME, "webhook:2", sealed)).hasMessage(shut("webhook:2"));
  }

  @Test
  void otherByteOrOtherMasterKey_staysShut() {
    byte[] sealed = vault.seal(ACME, "webhook:1", PLAIN);
    Vault other = new Vault(MasterKey.of(MasterKey.random()));

    assertThatThrownBy(() -> other.open(ACME, "webhook:1", sealed)).hasMessage(shut("webhook:1"));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> vault.open(ACME, "webhook:1", changed))
          .as("byte %d", i)
          .hasMessage(shut("webhook:1"));
    }
  }

  @Test
  void masterKey_ofAnotherShape_isRefusedWithoutShowingIt() {
    for (String text : new String[] {"", "heron", "aGVyb24=", "%%%"}) {
      assertThatThrownBy(() -> MasterKey.of(text))
          .hasMessage(
              "The master key must be 32 bytes in base64, and is something else; 'openssl rand -base64 32' makes one.");
    }
    assertThat(MasterKey.of(key)).hasToString("master key");
  }

  private static String shut(String place) {
    return "The sealed value of %s does not open with this master key; start with the key it was sealed under."
        .formatted(place);
  }
}
