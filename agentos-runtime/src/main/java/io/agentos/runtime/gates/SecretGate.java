package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Message;
import io.agentos.api.Output;
import io.agentos.runtime.json.Json;
import io.agentos.spi.Gate;
import java.util.List;
import java.util.Optional;

/**
 * Keeps credentials from leaving: blocks a model call or an answer that holds one. It knows the
 * formats of {@link SecretPatterns}; it never repeats what it found.
 *
 * <p>Thread-safe.
 */
public final class SecretGate implements Gate {
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
      case Checkpoint.BeforeOutput before -> inOutput(before.output());
    };
  }

  private static GateResult inMessages(List<Message> messages) {
    // What stands before the last answer was looked at before that answer was asked for.
    for (Message message : messages.reversed()) {
      Optional<String> found =
          switch (message) {
            case Message.Assistant _ -> Optional.empty();
            case Message.User(String text, var _) ->
                SecretPatterns.find(text).map(what -> what + " in the task's text");
            case Message.ToolAnswer answer ->
                SecretPatterns.find(answer.text())
                    .map(what -> what + " in what " + answer.tool() + " read");
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
    Optional<String> found =
        SecretPatterns.find(output.text())
            .or(() -> SecretPatterns.find(Json.write(output.fields())));
    return found
        .<GateResult>map(what ->
            new GateResult.Block("There is %s in the answer; it must not leave.".formatted(what)))
        .orElse(GateResult.PASS);
  }
}
