package io.agentos.server.http;

import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a person says to an approval. Thread-safe. */
final class ApprovalSay {
  static final String[] FIELDS = {"decision", "arguments", "comment", "digest"};

  private static final int COMMENT_LENGTH_MAX = 2_000;
  private static final int DIGEST_LENGTH_MAX = 200;
  private static final List<String> DECISIONS = List.of("approve", "reject", "edit");

  private ApprovalSay() {}

  /** The body of one decision. */
  static Say read(Body body) {
    FieldProblems problems = new FieldProblems();
    Optional<Say> say = read(body.fields(problems, FIELDS));
    problems.throwIfAny();
    return say.orElseThrow();
  }

  /** The fields of one decision; empty when something is wrong with them, which is noted. */
  static Optional<Say> read(RequestFields fields) {
    fields.require("decision");
    Optional<String> decision = fields.choice("decision", DECISIONS);
    boolean edits = decision.equals(Optional.of("edit"));
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : fields.members("arguments").entrySet()) {
      arguments.put(member.getKey(), Json.plain(member.getValue()));
    }
    if (edits) {
      fields.require("arguments");
    } else if (decision.isPresent() && fields.value("arguments").isPresent()) {
      fields.problem("arguments", "belong to the decision 'edit', and only to it");
    }
    String comment = fields.text("comment", COMMENT_LENGTH_MAX).orElse("");
    Optional<String> digest = fields.requiredText("digest", DIGEST_LENGTH_MAX);
    if (decision.isEmpty() || digest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Say(
            Say.Choice.valueOf(decision.get().toUpperCase(Locale.ROOT)),
            edits ? arguments : null,
            comment,
            digest.get()));
  }
}
