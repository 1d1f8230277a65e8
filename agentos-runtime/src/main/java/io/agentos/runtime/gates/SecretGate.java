package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Message;
import io.agentos.api.Output;
import io.agentos.runtime.json.Json;
import io.agentos.spi.Gate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps credentials from leaving: blocks a model call or an answer that holds one. It knows formats
 * that hardly anything else has; it never repeats what it found.
 *
 * <p>Thread-safe. The patterns have no nested repetition, so that no text makes them slow.
 */
public final class SecretGate implements Gate {
  private static final Map<String, Pattern> KNOWN = known();

  @Override
  public String id() {
    return "secrets";
  }

  @Override
  public GateResult check(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case Checkpoint.BeforeTask _ -> GateResult.PASS;
      // A tool may need a credential, and a model that knew one was blocked before it could send
      // it.
      case Checkpoint.BeforeTool _ -> GateResult.PASS;
      case Checkpoint.BeforeModel before -> inMessages(before.call().messages());
      case Checkpoint.BeforeOutput(var _, var _, Output output) -> inOutput(output);
    };
  }

  private static GateResult inMessages(List<Message> messages) {
    // What stands before the last answer was looked at before that answer was asked for.
    for (Message message : messages.reversed()) {
      Optional<String> found =
          switch (message) {
            case Message.Assistant _ -> Optional.empty();
            case Message.User(String text, var _) ->
                find(text).map(what -> what + " in the task's text");
            case Message.ToolAnswer answer ->
                find(answer.text()).map(what -> what + " in what " + answer.tool() + " read");
          };
      if (found.isPresent()) {
        return new GateResult.Block(
            "There is %s; it must not be sent to a model.".formatted(found.get()));
      }
      if (message instanceof Message.Assistant) {
        return GateResult.PASS;
      }
    }
    return GateResult.PASS;
  }

  private static GateResult inOutput(Output output) {
    Optional<String> found = find(output.text()).or(() -> find(Json.write(output.fields())));
    return found
        .<GateResult>map(what ->
            new GateResult.Block("There is %s in the answer; it must not leave.".formatted(what)))
        .orElse(GateResult.PASS);
  }

  private static Optional<String> find(String text) {
    return KNOWN.entrySet().stream()
        .filter(known -> known.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<String, Pattern> known() {
    Map<String, Pattern> known = new LinkedHashMap<>();
    known.put("a private key", Pattern.compile("-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"));
    known.put("an AgentOS key", Pattern.compile("\\baos_[0-9a-z]{26}_[A-Za-z0-9_-]{43}"));
    known.put("an AWS key", Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"));
    known.put("a GitHub token", Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36}"));
    known.put("a Slack token", Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10}"));
    known.put("a Google key", Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"));
    known.put("a Stripe key", Pattern.compile("\\b[rs]k_live_[0-9A-Za-z]{24}"));
    known.put("an OpenAI key", Pattern.compile("\\bsk-(?:proj-)?[A-Za-z0-9_-]{40}"));
    known.put("an Anthropic key", Pattern.compile("\\bsk-ant-[A-Za-z0-9_-]{40}"));
    return known;
  }
}
