package io.agentos.runtime.packs;

import io.agentos.api.Checkpoint;
import io.agentos.api.Decision;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.Output;
import io.agentos.api.Quorum;
import io.agentos.api.Response;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Question;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.gates.Clearance;
import io.agentos.runtime.gates.Gates;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.spi.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks people where a gate wants them and no tool is about to be called: as a task begins, before a
 * model call, before an answer. What they are shown is what their word is bound to, as the
 * arguments of a tool that does nothing: {@code task.begin}, {@code model.call}, {@code
 * task.answer}.
 *
 * <p>Thread-safe.
 */
final class Checkpoints {
  private static final String TEXT = "text";
  private static final String FIELDS = "fields";

  /** Why an edit is refused that more people would have to see than have said yes. */
  static final String WIDER =
      "The edit needs the word of more people, or of others, than were asked.";

  private final Gates gates;
  private final Approvals approvals;

  Checkpoints(Gates gates, Approvals approvals) {
    this.gates = gates;
    this.approvals = approvals;
  }

  /** What became of a checkpoint. */
  sealed interface Passage {
    /** The task goes on. */
    record Open() implements Passage {}

    /** It answers with this. */
    record Answer(Output output) implements Passage {}

    /** The agent may mend these findings. */
    record Mend(String gate, List<String> findings) implements Passage {}

    /** It must not go on. */
    record Closed(Response.Denied denied) implements Passage {}
  }

  /** Whether a task may begin. */
  Passage begin(Durable durable, AgentRun run) {
    Checkpoint begin = new Checkpoint.BeforeTask(run.request(), run.agent().id());
    return before(durable, "task", run, begin, "task.begin", run.request().input().asFields());
  }

  /** Whether a model may be called. */
  Passage model(Durable durable, String name, AgentRun run, Checkpoint.BeforeModel before) {
    return before(durable, name, run, before, "model.call", shown(before));
  }

  /**
   * What a task answers: the output, what a person made of it, or what is to be mended.
   *
   * @param name of the step of the gates; those of people follow it
   */
  Passage output(Durable durable, String name, AgentRun run, Output output, List<Gate> more) {
    return switch (clear(durable, name, run, output, more)) {
      case Clearance.Cleared() -> new Passage.Answer(output);
      case Clearance.Repair(String gate, List<String> findings) -> new Passage.Mend(gate, findings);
      case Clearance.Refused(String by, String reason) ->
          closed(durable, ErrorCode.GATE_BLOCKED, by, reason);
      case Clearance.Ask ask -> {
        Approvals.Answer answer =
            ask(durable, name + "/approval", run, "task.answer", arguments(output), ask);
        yield switch (answer.decision()) {
          case Decision.Edited edited ->
              edited(durable, name + "/edited", run, answer, edited, more);
          case Decision.Approved _ ->
              used(durable, answer, arguments(output), new Passage.Answer(output));
          case Decision.Rejected _, Decision.Expired _, Decision.Superseded _ ->
              refused(durable, answer.decision());
        };
      }
    };
  }

  /** What a person wrote passes the gates as well; more people are not asked about it. */
  private Passage edited(
      Durable durable,
      String name,
      AgentRun run,
      Approvals.Answer answer,
      Decision.Edited edited,
      List<Gate> more) {
    Map<String, @Nullable Object> arguments = edited.arguments();
    if (!(arguments.get(TEXT) instanceof String text)
        || !(arguments.getOrDefault(FIELDS, Map.of()) instanceof Map<?, ?> fields)) {
      return dropped(
          durable,
          answer,
          ErrorCode.INVALID_ARGUMENTS,
          edited.by(),
          "The edited answer has no text, or fields that are no map.");
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    fields.forEach((key, value) -> named.put(String.valueOf(key), value));
    Output output = new Output(text, named);
    return switch (clear(durable, name, run, output, more)) {
      case Clearance.Cleared() -> used(durable, answer, arguments, new Passage.Answer(output));
      case Clearance.Ask(String by, String _, Quorum quorum) ->
          answer.question().quorum().covers(quorum)
              ? used(durable, answer, arguments, new Passage.Answer(output))
              : dropped(durable, answer, ErrorCode.GATE_BLOCKED, by, WIDER);
      case Clearance.Repair(String gate, List<String> findings) ->
          dropped(
              durable, answer, ErrorCode.GATE_BLOCKED, "gate:" + gate, String.join(" ", findings));
      case Clearance.Refused(String by, String reason) ->
          dropped(durable, answer, ErrorCode.GATE_BLOCKED, by, reason);
    };
  }

  private Clearance clear(
      Durable durable, String name, AgentRun run, Output output, List<Gate> more) {
    Checkpoint checkpoint =
        new Checkpoint.BeforeOutput(run.request(), run.agent().id(), output, run.seen().now());
    return gates.clear(durable, name, checkpoint, run.agent(), more);
  }

  /** A checkpoint where nothing can be edited. */
  private Passage before(
      Durable durable,
      String name,
      AgentRun run,
      Checkpoint checkpoint,
      String tool,
      Map<String, @Nullable Object> arguments) {
    return switch (gates.clear(durable, name + "/gates", checkpoint, run.agent(), List.of())) {
      case Clearance.Cleared() -> new Passage.Open();
      case Clearance.Repair(String gate, List<String> findings) ->
          closed(durable, ErrorCode.GATE_BLOCKED, "gate:" + gate, String.join(" ", findings));
      case Clearance.Refused(String by, String reason) ->
          closed(durable, ErrorCode.GATE_BLOCKED, by, reason);
      case Clearance.Ask ask -> {
        Approvals.Answer answer = ask(durable, name + "/approval", run, tool, arguments, ask);
        yield switch (answer.decision()) {
          case Decision.Approved _ -> used(durable, answer, arguments, new Passage.Open());
          case Decision.Edited edited ->
              dropped(
                  durable,
                  answer,
                  ErrorCode.APPROVAL_REJECTED,
                  edited.by(),
                  "Here is nothing to edit; approve or reject it.");
          case Decision.Rejected _, Decision.Expired _, Decision.Superseded _ ->
              refused(durable, answer.decision());
        };
      }
    };
  }

  private Approvals.Answer ask(
      Durable durable,
      String step,
      AgentRun run,
      String tool,
      Map<String, @Nullable Object> arguments,
      Clearance.Ask ask) {
    return approvals.ask(
        durable,
        new Question(
                run.request(),
                step,
                run.agent().id(),
                spec(tool, run),
                new ToolCall(tool, tool, arguments),
                new Question.Because(ask.reason(), ask.by()),
                run.versions(),
                run.limits().approvalWaitMax())
            .of(ask.quorum(), run.agent().zone())
            .taintedBy(run.history().taint()));
  }

  /** A yes counts once, and for these arguments alone. */
  private Passage used(
      Durable durable,
      Approvals.Answer answer,
      Map<String, @Nullable Object> arguments,
      Passage then) {
    String refused = approvals.use(durable, answer, arguments);
    return refused.isEmpty()
        ? then
        : closed(durable, ErrorCode.APPROVAL_REJECTED, "approval", refused);
  }

  /** What people made of it is forbidden like anything else. */
  private Passage dropped(
      Durable durable, Approvals.Answer answer, ErrorCode code, String by, String reason) {
    approvals.drop(durable, answer, code, "The edit is refused by %s.".formatted(by));
    return closed(durable, code, by, reason);
  }

  private static Passage refused(Durable durable, Decision decision) {
    return switch (decision) {
      case Decision.Rejected(String by, String comment) ->
          closed(
              durable, ErrorCode.APPROVAL_REJECTED, by, comment.isEmpty() ? "Rejected." : comment);
      case Decision.Superseded(String reason) ->
          closed(durable, ErrorCode.APPROVAL_REJECTED, "approval", reason);
      case Decision.Expired _, Decision.Approved _, Decision.Edited _ ->
          closed(
              durable,
              ErrorCode.APPROVAL_REJECTED,
              "expiry",
              "Nobody decided in time, which is a no.");
    };
  }

  private static Passage closed(Durable durable, ErrorCode code, String by, String reason) {
    return new Passage.Closed(new Response.Denied(code, by, reason, durable.usage()));
  }

  private static Map<String, @Nullable Object> arguments(Output output) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put(TEXT, output.text());
    arguments.put(FIELDS, output.fields());
    return arguments;
  }

  /** What the model has not read yet, and the digest of all it would read. */
  private static Map<String, @Nullable Object> shown(Checkpoint.BeforeModel before) {
    List<Object> unread = new ArrayList<>();
    for (Message message : before.call().messages().reversed()) {
      switch (message) {
        case Message.User user -> unread.addFirst(message("task", user.text()));
        case Message.ToolAnswer answer ->
            unread.addFirst(message("tool:" + answer.tool(), answer.text()));
        case Message.Assistant _ -> {
          return shown(before, unread);
        }
      }
    }
    return shown(before, unread);
  }

  private static Map<String, @Nullable Object> shown(
      Checkpoint.BeforeModel before, List<Object> unread) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("unread", unread);
    shown.put("messages_digest", CanonicalJson.sha256(Json.write(before.call().messages())));
    return shown;
  }

  private static Map<String, @Nullable Object> message(String from, String text) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("from", from);
    message.put(TEXT, text);
    return message;
  }

  /** A tool in name only: what people are asked about has the form of a call. */
  private static ToolSpec spec(String name, AgentRun run) {
    Zone zone = run.agent().zone();
    return new ToolSpec(
        name,
        "What a person is asked about before the task goes on.",
        Map.of("type", "object"),
        ToolSpec.Effect.READ_ONLY,
        zone,
        Duration.ofSeconds(1));
  }
}
