package io.agentos.runtime.orchestrator;

import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.intake.Intake;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.webhooks.Inbound;
import io.agentos.runtime.webhooks.Scheme;
import io.agentos.runtime.webhooks.SourceSettings;
import io.agentos.runtime.webhooks.Sources;
import io.agentos.runtime.webhooks.Webhooks;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A source of webhooks whose deliveries become tasks of one agent. */
final class TestHook {
  private final Webhooks webhooks;
  private final Sources.Made source;

  TestHook(TestStore store, Intake intake, String agent) {
    this.webhooks =
        new Webhooks(
            store.database(),
            store.audit(),
            store.vault(),
            new EgressGuard(List.of()),
            (tx, request) -> intake.accept(tx, request, null));
    SourceSettings settings =
        new SourceSettings(
            null, null, null, null, null, null, agent, null, 5, "${payload.message}");
    Sources.NewSource wanted = new Sources.NewSource("strangers", Scheme.GITHUB, settings, null);
    this.source =
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> webhooks.sources().create(tx, TestStore.ACME, wanted, "key:test"));
  }

  /** A delivery with this text in its body, signed as its sender signs. */
  TaskId deliver(String text) {
    byte[] body = Json.write(Map.of("message", text)).getBytes(StandardCharsets.UTF_8);
    String signature = "sha256=" + HexFormat.of().formatHex(hmac(body));
    Inbound inbound =
        new Inbound(
            name -> name.equalsIgnoreCase("X-Hub-Signature-256") ? signature : null, "", body);
    return webhooks.hooks().receive(source.id().toString(), inbound).task();
  }

  private byte[] hmac(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(source.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
