package io.agentos.runtime.orchestrator;

import io.agentos.api.Completion;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.TaskId;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.state.TaskView;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/** Agents that give each other work: one leads, one reads, one pays when people agree. */
final class Team {
  private static final Path RESOURCES = Path.of("src/test/resources/team");

  private final ConcurrentLinkedQueue<ModelRequest> asked = new ConcurrentLinkedQueue<>();
  private final Shop shop = new Shop();
  private final TestStore store;
  private final TestSystem system;
  private final IntFunction<Message.Assistant> lead;

  /**
   * @param lead what the agent that leads says, by how often it has spoken
   */
  Team(TestStore store, IntFunction<Message.Assistant> lead) {
    this.store = store;
    this.lead = lead;
    this.system =
        new TestSystem(
            store,
            new TestSystem.World(
                shop.tools(),
                model(),
                PackLoader.load(RESOURCES.resolve("packs")),
                RESOURCES.resolve("policies")),
            null,
            List.of(),
            () -> "");
  }

  TestSystem system() {
    return system;
  }

  Shop shop() {
    return shop;
  }

  /** All that the model was sent in the name of the agent that leads. */
  List<ModelRequest> askedOfLead() {
    return asked.stream().filter(request -> request.system().startsWith("You lead")).toList();
  }

  /** A call that asks for these parts. */
  static Message.Assistant parts(Object... tasks) {
    return Shop.calls(new ToolCall("c1", "agents.delegate", Map.of("tasks", List.of(tasks))));
  }

  static Map<String, Object> read(String text) {
    return Map.of("agent", "team.reader", "input", Map.of("text", text));
  }

  static Map<String, Object> pay(int amount) {
    return Map.of("agent", "team.payer", "input", Map.of("amount", amount));
  }

  static Map<String, Object> keep(String folder, String page, String database) {
    return Map.of(
        "agent",
        "team.keeper",
        "input",
        Map.of("folder", folder, "page", page, "database", database));
  }

  static Message.Assistant says(String text) {
    return new Message.Assistant(text, List.of());
  }

  /** The tasks directly below one. */
  List<TaskView> below(TaskId task) {
    List<TaskId> ids =
        store
            .database()
            .inEngine(tx ->
                tx.query(
                    "select task_id from task where parent_id = ? order by task_id",
                    row -> new TaskId(row.uuid("task_id")),
                    task.value()));
    return ids.stream().map(system::task).toList();
  }

  /** Says yes to whatever those below the task ask now. */
  void approveBelow(TaskId task) {
    decideBelow(task, Say.Choice.APPROVE);
  }

  private void decideBelow(TaskId task, Say.Choice choice) {
    for (TaskView child : below(task)) {
      if ("approval".equals(child.waitingFor())) {
        system.decide(TaskId.parse(child.id()), choice);
      }
    }
  }

  /** Waits until the task has ended, saying {@code choice} to whatever those below it ask. */
  TaskView ended(TaskId task, Say.Choice choice) {
    return system.await(
        task,
        view -> {
          decideBelow(task, choice);
          if ("approval".equals(view.waitingFor())) {
            system.decide(task, choice);
          }
          return view.endedAt() != null;
        });
  }

  private ModelProvider model() {
    return new ModelProvider() {
      @Override
      public String id() {
        return "scripted";
      }

      @Override
      public Completion complete(ModelRequest request, ModelListener listener) {
        asked.add(request);
        long spoken =
            request.messages().stream().filter(m -> m instanceof Message.Assistant).count();
        Message.Assistant message =
            request.system().startsWith("You lead")
                ? lead.apply(Math.toIntExact(spoken))
                : reading(request, spoken);
        return new Completion(
            message,
            message.toolCalls().isEmpty()
                ? Completion.StopReason.END
                : Completion.StopReason.TOOL_CALLS,
            Tokens.of(10, 5),
            "scripted",
            "scripted-1",
            "");
      }
    };
  }

  /** Reads once, and says what it was asked. */
  private static Message.Assistant reading(ModelRequest request, long spoken) {
    if (spoken == 0) {
      return Shop.calls(Shop.call("r1", "shop.read", 1));
    }
    Message.User question = (Message.User) new ArrayList<>(request.messages()).getFirst();
    return says("<" + question.text() + ">");
  }
}
