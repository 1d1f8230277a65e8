package io.agentos.runtime.webhooks;

import io.agentos.api.Request;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a sender signs beyond its scheme's own rules, and what task a delivery becomes.
 *
 * @param url of twilio, the URL that its sender calls, as the sender knows it; null for others
 * @param signatureHeader of hmac, where the signature stands; null for others
 * @param timestampHeader of hmac, where Unix seconds stand that are signed before the body, with a
 *     dot between them; null where the body alone is signed
 * @param encoding of hmac: hex or base64; null for others
 * @param algorithm of hmac: sha256 or sha512; null for others
 * @param input a text or an object with {@code ${payload.…}}; null for the payload itself
 */
public record SourceSettings(
    @Nullable String url,
    @Nullable String signatureHeader,
    @Nullable String timestampHeader,
    @Nullable String encoding,
    @Nullable String algorithm,
    @Nullable String pack,
    @Nullable String agent,
    @Nullable String type,
    int priority,
    @Nullable Object input) {
  /** What an hmac signature may be written in. */
  public static final List<String> ENCODINGS = List.of("hex", "base64");

  /** What an hmac signature may be made with. */
  public static final List<String> ALGORITHMS = List.of("sha256", "sha512");

  private static final Map<String, String> MACS =
      Map.of("sha256", "HmacSHA256", "sha512", "HmacSHA512");

  /** The same for whoever {@code target} names. */
  public SourceSettings to(Request.Target target) {
    return new SourceSettings(
        url,
        signatureHeader,
        timestampHeader,
        encoding,
        algorithm,
        target.pack(),
        target.agent(),
        target.type(),
        priority,
        input);
  }

  String mac() {
    return MACS.getOrDefault(algorithm == null ? "sha256" : algorithm, "HmacSHA256");
  }
}
