package io.agentos.runtime.webhooks;

import io.agentos.runtime.webhooks.Verification.Accepted;
import io.agentos.runtime.webhooks.Verification.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Twilio: {@code X-Twilio-Signature} is base64 of HMAC-SHA1 over the URL, followed by the names and
 * values of the form's fields in the order of their names; of a body that is no form, the URL holds
 * {@code bodySHA256}. Nothing says when, so the digest of what was signed is the id.
 */
final class TwilioSignature {
  private static final Pattern BODY_DIGEST =
      Pattern.compile("(?:^|&)bodySHA256=([0-9a-fA-F]{64})(?:&|$)");

  private TwilioSignature() {}

  static Verification check(@Nullable String url, List<String> secrets, Inbound inbound) {
    Optional<String> header = inbound.header("X-Twilio-Signature");
    if (url == null || header.isEmpty()) {
      return new Refused("headers");
    }
    String called = inbound.query().isEmpty() ? url : url + "?" + inbound.query();
    Matcher bodyDigest = BODY_DIGEST.matcher(inbound.query());
    String signed;
    if (bodyDigest.find()) {
      String found = Signatures.digest(inbound.body());
      if (!StandardSignature.same(found, bodyDigest.group(1).toLowerCase(Locale.ROOT))) {
        return new Refused("signature");
      }
      signed = called;
    } else {
      Optional<Map<String, List<String>>> fields = Form.read(inbound.body());
      if (fields.isEmpty()) {
        return new Refused("body");
      }
      signed = called + joined(fields.get());
    }
    List<byte[]> codes = SignatureCheck.codes("HmacSHA1", secrets, Signatures.bytes(signed));
    return Signatures.anyMatches(codes, Signatures.decoded(List.of(header.get()), "base64"))
        ? new Accepted(Signatures.digest(Signatures.bytes(signed)), false)
        : new Refused("signature");
  }

  private static String joined(Map<String, List<String>> fields) {
    StringBuilder joined = new StringBuilder();
    for (String name : new TreeSet<>(fields.keySet())) {
      for (String value : new TreeSet<>(fields.getOrDefault(name, List.of()))) {
        joined.append(name).append(value);
      }
    }
    return joined.toString();
  }
}
