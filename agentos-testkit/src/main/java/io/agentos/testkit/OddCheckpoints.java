package io.agentos.testkit;

import io.agentos.api.AgentId;
import io.agentos.api.Checkpoint;
import io.agentos.api.Message;
import io.agentos.api.Output;
import io.agentos.api.Seen;
import io.agentos.api.ToolCall;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checkpoints with what nobody expects: nothing, too much, half characters, deep nests. */
final class OddCheckpoints {
  private static final int DEPTH = 60;
  private static final List<String> TEXTS =
      List.of(
          "",
          " \t\r\n\u00a0\u2028",
          "\u0000\u0007\u001b[31m",
          "\ud83d alone, and \udd25 too",
          "\u202eevil\u202c \u200b\ufeff",
          "\u0456\u0430 \u212a \u0130 \u00df \ufb01",
          "${input.to} %s {} \\ ' \" -- /* $$",
          "x".repeat(100_000));

  private OddCheckpoints() {}

  static List<Checkpoint> all(AgentId agent) {
    List<Checkpoint> all = new ArrayList<>();
    for (String text : TEXTS) {
      var request = GateContract.request(text);
      Seen seen = Seen.NONE.and(new Seen.Text("tool:files.read", text));
      all.add(new Checkpoint.BeforeTask(request, agent));
      all.add(
          new Checkpoint.BeforeModel(
              request,
              agent,
              ModelCalls.conversation(
                  1,
                  List.of(
                      new Message.User(text),
                      new Message.ToolAnswer("call_1", "files.read", text, false)))));
      all.add(
          new Checkpoint.BeforeTool(
              request,
              agent,
              ModelCalls.READ_FILE,
              new ToolCall("call_1", "files.read", arguments(text)),
              seen));
      all.add(new Checkpoint.BeforeOutput(request, agent, new Output(text, arguments(text)), seen));
    }
    return all;
  }

  private static Map<String, @Nullable Object> arguments(String text) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (String name : List.of("path", "to", "url", "sql", "amount", "recipient", text)) {
      arguments.put(name, text);
    }
    arguments.put("nothing", null);
    arguments.put("numbers", List.of(0L, -1.5, new BigDecimal("1E+400"), BigInteger.TEN.pow(60)));
    arguments.put("cc", nested(text));
    return arguments;
  }

  private static Object nested(String text) {
    Object value = text;
    for (int i = 0; i < DEPTH; i++) {
      value = i % 2 == 0 ? List.of(value, true) : Map.of("to", value);
    }
    return value;
  }
}
