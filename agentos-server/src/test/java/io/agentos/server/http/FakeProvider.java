package io.agentos.server.http;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An OpenID provider that speaks the real protocol, and lies where a test asks it to. */
final class FakeProvider implements AutoCloseable {
  static final String CLIENT = "agents";
  static final String SECRET = "a shared secret of thirty-two chars";

  private final HttpServer server;
  private final RSAKey key = rsa("k1");
  private final RSAKey otherKey = rsa("k1");
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

  /** What the next ID tokens say. */
  volatile Who who = new Who("sub-1", "ann@example.com", true, List.of(), Lie.NONE);

  record Who(String subject, String email, boolean verified, List<String> groups, Lie lie) {
    Who lying(Lie other) {
      return new Who(subject, email, verified, groups, other);
    }
  }

  enum Lie {
    NONE,
    NONCE,
    ISSUER,
    AUDIENCE,
    EXPIRED,
    UNSIGNED,
    OTHER_KEY
  }

  FakeProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext(
        "/jwks", exchange -> send(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
    server.createContext("/token", this::token);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lets the person of an authorization request in, and gives the code. */
  String authorize(String query) {
    String code = UUID.randomUUID().toString();
    codes.put(code, form(query));
    return code;
  }

  /** The members of a query or form. */
  static Map<String, String> form(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : text.split("&", -1)) {
      String[] pair = part.split("=", 2);
      values.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  private void discovery(HttpExchange exchange) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", issuer());
    document.put("authorization_endpoint", issuer() + "/authorize");
    document.put("token_endpoint", issuer() + "/token");
    document.put("jwks_uri", issuer() + "/jwks");
    document.put("response_types_supported", List.of("code"));
    document.put("subject_types_supported", List.of("public"));
    document.put("id_token_signing_alg_values_supported", List.of("RS256", "none", "HS256"));
    document.put("authorization_response_iss_parameter_supported", true);
    send(exchange, 200, Json.write(document));
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
    String basic = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean fits =
        asked != null
            && basic.startsWith("Basic ")
            && sent.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
            && challenge(sent.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))
            && "S256".equals(asked.get("code_challenge_method"));
    if (asked == null || !fits) {
      send(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", "opaque");
    answer.put("token_type", "Bearer");
    answer.put("id_token", idToken(asked.getOrDefault("nonce", "")));
    send(exchange, 200, Json.write(answer));
  }

  private String idToken(String nonce) {
    Who said = who;
    Instant now = Instant.now();
    boolean old = said.lie == Lie.EXPIRED;
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(said.lie == Lie.ISSUER ? "https://evil.example" : issuer())
            .audience(said.lie == Lie.AUDIENCE ? "somebody-else" : CLIENT)
            .subject(said.subject)
            .issueTime(Date.from(old ? now.minus(Duration.ofHours(2)) : now))
            .expirationTime(Date.from(old ? now.minusSeconds(120) : now.plusSeconds(300)))
            .claim("nonce", said.lie == Lie.NONCE ? "another" : nonce)
            .claim("email", said.email)
            .claim("email_verified", said.verified)
            .claim("groups", said.groups)
            .build();
    if (said.lie == Lie.UNSIGNED) {
      return new PlainJWT(claims).serialize();
    }
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
      token.sign(new RSASSASigner(said.lie == Lie.OTHER_KEY ? otherKey : key));
      return token.serialize();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2_048).keyID(id).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
