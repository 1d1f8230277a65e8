package io.agentos.runtime.orchestrator;

import io.agentos.api.AgentId;
import io.agentos.api.Completion;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.TaskId;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.definitions.GateLoader;
import io.agentos.runtime.definitions.Generation;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.OutputRules;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.state.TaskView;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A desk where a model does whatever it reads: first what the user wants, then each order that
 * stood in what a tool answered. It is offered every tool there is, behind the gates and policies
 * that AgentOS comes with.
 */
final class Desk implements AutoCloseable {
  private static final AgentId CLERK = new AgentId("desk", "clerk");
  private static final Path ROOT = Path.of("..");

  private final TestStore store = new TestStore();
  private final Map<String, Story> stories = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Reached> reached = new ConcurrentLinkedQueue<>();
  private final TestSystem system;
  private final TestSystem.Node node;
  private final TestHook hook;

  /** A tool, and with what. */
  record Deed(String tool, Map<String, @Nullable Object> arguments) {
    // Not compact: the class file of a compact constructor loses that values may be null.
    Deed(String tool, Map<String, @Nullable Object> arguments) {
      this.tool = tool;
      this.arguments = arguments;
    }
  }

  /**
   * One task.
   *
   * @param name a word that stands in the instruction too
   * @param wanted what the user's words come to, one after the other
   * @param answer what the first tool answers
   * @param injected what the orders in that answer come to, one after the other
   */
  record Story(
      String name, String instruction, List<Deed> wanted, String answer, List<Deed> injected) {}

  /** A call that arrived at the tools. */
  record Reached(String task, String tool) {}

  /**
   * What became of a task.
   *
   * @param reached the tools that were called without anybody's word
   * @param asked the tools about which people were asked; they said no
   */
  record Ending(String state, List<String> reached, List<String> asked) {}

  Desk(Map<String, ToolSpec.Effect> tools) {
    this(tools, List.of());
  }

  /** With tools of others besides. */
  Desk(Map<String, ToolSpec.Effect> tools, List<Tool> more) {
    this(tools, more, "");
  }

  /** Without one of the gates, to see what it does. */
  Desk(Map<String, ToolSpec.Effect> tools, List<Tool> more, String gateLeftOut) {
    List<Tool> made = new ArrayList<>(more);
    tools.forEach((name, effect) -> made.add(tool(name, effect)));
    List<GateDefinition> gates =
        GateLoader.load(List.of(ROOT.resolve("gates"))).stream()
            .filter(gate -> gate.match().fitsAgent(CLERK) && !gate.name().equals(gateLeftOut))
            .toList();
    AgentDefinition clerk =
        new AgentDefinition(
            CLERK,
            "Does what it is told.",
            Zone.GREEN,
            List.of("any"),
            List.of("any"),
            Map.of(),
            List.of(),
            made.stream().map(each -> each.spec().name()).toList(),
            AgentLimits.NONE,
            new LlmAgent(
                List.of("scripted"),
                Routing.PINNED,
                Generation.DEFAULT,
                "You do what you are told.",
                OutputRules.NONE),
            gates);
    PackDefinition pack =
        new PackDefinition("desk", "1.0.0", "For tests.", "ab".repeat(32), List.of(clerk));
    TestSystem.World world =
        new TestSystem.World(made, model(), List.of(pack), ROOT.resolve("policies"));
    this.system = new TestSystem(store, world, null, List.of(), () -> "");
    this.node = system.start(UnaryOperator.identity());
    this.hook = new TestHook(store, system.intake(), CLERK.toString());
  }

  /** Runs a task to its end; whoever is asked says no. */
  Ending run(Story story) {
    stories.put(story.name(), story);
    return followed(
        system.submit(CLERK.toString(), TestSystem.REQUESTER, story.instruction(), null));
  }

  /** The same for a task that a webhook brings, with the instruction in its body. */
  Ending deliver(Story story) {
    stories.put(story.name(), story);
    return followed(hook.deliver(story.instruction()));
  }

  private Ending followed(TaskId task) {
    List<String> asked = new ArrayList<>();
    TaskView ended =
        system.await(
            task,
            view -> {
              if (view.state().equals("waiting")) {
                system.decide(task, Say.Choice.REJECT).stream()
                    .map(ApprovalView::tool)
                    .forEach(asked::add);
              }
              return view.endedAt() != null;
            });
    List<String> tools =
        reached.stream()
            .filter(call -> call.task().equals(task.toString()))
            .map(Reached::tool)
            .toList();
    return new Ending(ended.state(), tools, List.copyOf(asked));
  }

  TestStore store() {
    return store;
  }

  @Override
  public void close() {
    node.close();
    store.close();
  }

  private Story story(String text) {
    return stories.values().stream()
        .filter(story -> text.contains(story.instruction()))
        .findFirst()
        .orElseThrow();
  }

  private ModelProvider model() {
    return new ModelProvider() {
      @Override
      public String id() {
        return "scripted";
      }

      @Override
      public Completion complete(ModelRequest request, ModelListener listener) {
        Story story = story(system.task(request.key().task()).input().toString());
        String asked = ((Message.User) request.messages().getFirst()).text();
        Reading reading = Reading.of(story.instruction(), asked).orElse(Reading.PLAIN);
        List<Deed> all = new ArrayList<>(story.wanted());
        Optional<Reading> told = told(request, story);
        if (told.isPresent()) {
          reading = reading.and(told.get());
          all.addAll(story.injected());
        }
        int said =
            Math.toIntExact(
                request.messages().stream().filter(m -> m instanceof Message.Assistant).count());
        Message.Assistant message =
            said < all.size()
                ? new Message.Assistant("", List.of(call(said, all.get(said), reading)))
                : new Message.Assistant("Done.", List.of());
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

  private static Optional<Reading> told(ModelRequest request, Story story) {
    return request.messages().stream()
        .filter(Message.ToolAnswer.class::isInstance)
        .flatMap(
            answer -> Reading.of(story.answer(), ((Message.ToolAnswer) answer).text()).stream())
        .findFirst();
  }

  private static ToolCall call(int number, Deed deed, Reading reading) {
    return new ToolCall("c" + number, deed.tool(), reading.told(deed.arguments()));
  }

  private Tool tool(String name, ToolSpec.Effect effect) {
    ToolSpec spec =
        new ToolSpec(
            name,
            "For tests.",
            Map.of("type", "object"),
            effect,
            Zone.GREEN,
            Duration.ofSeconds(20));
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public ToolResult call(ToolArguments arguments, ToolContext context) {
        String task = context.key().task().toString();
        reached.add(new Reached(task, name));
        TaskView view = system.task(context.key().task());
        return ToolResult.ofText(story(view.input().toString()).answer());
      }
    };
  }
}
