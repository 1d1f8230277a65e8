package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The body of a request: JSON in UTF-8, one object, of bounded depth and size.
 *
 * <p>What it costs to read is bounded before it is read: a small text can stand for a large tree.
 */
final class Body {
  static final Body NONE = new Body(new byte[0]);

  private static final int DEPTH_MAX = 64;
  private static final int TOKENS_MAX = 250_000;

  private final byte[] bytes;

  Body(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes as they came; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The SHA-256 of the bytes as they came. */
  byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The members of the object.
   *
   * @throws AgentOsException MALFORMED_JSON, BODY_TOO_LARGE, or INVALID_REQUEST when it is no
   *     object
   */
  RequestFields fields(FieldProblems problems, String... known) {
    JsonNode tree = tree();
    if (!tree.isObject()) {
      throw FieldProblems.failure("body", "must be an object");
    }
    TextCheck.check(tree, problems);
    return new RequestFields(tree, "", problems, known);
  }

  /** The same where no body at all means an object without members. */
  RequestFields fieldsOrNone(FieldProblems problems, String... known) {
    return bytes.length == 0
        ? new RequestFields(JsonNodeFactory.instance.objectNode(), "", problems, known)
        : fields(problems, known);
  }

  private JsonNode tree() {
    String text = text();
    try {
      scan(text);
      return Json.mapperForTrees().readTree(text);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new AgentOsException(ErrorCode.MALFORMED_JSON, "The body is not UTF-8.", e);
    }
  }

  private static void scan(String text) {
    try (JsonParser parser = Json.mapperForTrees().createParser(text)) {
      int depth = 0;
      int tokens = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        tokens++;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > DEPTH_MAX) {
          throw new AgentOsException(
              ErrorCode.MALFORMED_JSON,
              "The body is nested deeper than %d levels.".formatted(DEPTH_MAX));
        }
        if (tokens > TOKENS_MAX) {
          throw new AgentOsException(
              ErrorCode.BODY_TOO_LARGE,
              "The body has more than %,d JSON tokens; send less at once.".formatted(TOKENS_MAX));
        }
      }
      if (tokens == 0) {
        throw new AgentOsException(
            ErrorCode.MALFORMED_JSON, "The body is empty; a JSON object is needed.");
      }
    }
  }

  /** Says where, and not what: the body may hold secrets. */
  private static AgentOsException malformed(JacksonException e) {
    String place =
        e.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return new AgentOsException(
        ErrorCode.MALFORMED_JSON,
        "The body is not one well-formed JSON value without duplicate keys%s.".formatted(place),
        e);
  }
}
