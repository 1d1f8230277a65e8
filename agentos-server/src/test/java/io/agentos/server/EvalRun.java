package io.agentos.server;

import io.agentos.api.AgentId;
import io.agentos.api.ApprovalId;
import io.agentos.api.Message;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.ToolCall;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.definitions.EvalDefinition;
import io.agentos.runtime.definitions.EvalDefinition.Turn;
import io.agentos.runtime.definitions.EvalExpectation;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.Template;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.state.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs one golden task, with its scripted people, until it has ended. */
final class EvalRun {
  private static final Voter PERSON = Voter.person("key:person", Role.APPROVER);
  private static final UUID NEWEST = new UUID(-1L, -1L);
  private static final int APPROVALS_MAX = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EvalSystem system;
  private final List<EvalDefinition> evals;
  private final EvalDefinition eval;
  private final EvalDefinition.Case one;
  private final Path workspace;
  private final List<EvalExpectation.Approval> people;

  EvalRun(
      EvalSystem system,
      List<EvalDefinition> evals,
      EvalDefinition eval,
      EvalDefinition.Case one,
      String name) {
    this.system = system;
    this.evals = evals;
    this.eval = eval;
    this.one = one;
    this.workspace = system.folder().resolve(name);
    this.people = new ArrayList<>(one.expect().approvals());
  }

  /** The task and its tenant, ended. */
  record Ended(TenantId tenant, TaskView task) {}

  Ended ended() throws IOException {
    layOut();
    Map<String, List<Turn>> script = new HashMap<>();
    say(script, eval, one);
    one.parts()
        .forEach((agent, name) -> {
          EvalDefinition of = eval(agent);
          say(script, of, named(of, name));
        });
    TenantId tenant = system.tenant(String.valueOf(workspace.getFileName()), Map.copyOf(script));
    TaskId task = submit(tenant);
    return new Ended(tenant, await(tenant, task));
  }

  /** The examples of the pack, and what the case writes beside them. */
  private void layOut() throws IOException {
    Path examples = SourceTree.root().resolve("examples").resolve(eval.agent().pack());
    try (Stream<Path> files = Files.walk(examples)) {
      for (Path file : files.toList()) {
        Path copy = workspace.resolve(examples.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    for (Map.Entry<String, String> written : one.task().write().entrySet()) {
      Path file = workspace.resolve(written.getKey());
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, written.getValue());
    }
  }

  private void say(Map<String, List<Turn>> script, EvalDefinition eval, EvalDefinition.Case one) {
    if (agent(eval.agent()) instanceof LlmAgent llm) {
      Template.Scope scope = new Template.Scope(fields(one), Map.of());
      script.put(
          CanonicalJson.sha256(llm.system()),
          one.literal()
              ? one.turns()
              : one.turns().stream().map(turn -> filled(turn, scope)).toList());
    }
  }

  private static Turn filled(Turn turn, Template.Scope scope) {
    Message.Assistant message = turn.message();
    List<ToolCall> calls =
        message.toolCalls().stream()
            .map(call ->
                new ToolCall(call.id(), call.tool(), Template.values(call.arguments(), scope)))
            .toList();
    return new Turn(
        new Message.Assistant(Template.text(message.text(), scope), calls), turn.stopReason());
  }

  private Map<String, @Nullable Object> fields(EvalDefinition.Case one) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(one.task().input());
    if (!one.task().text().isEmpty()) {
      fields.put(TaskInput.TEXT_FIELD, one.task().text());
    }
    one.task().files().forEach((name, path) -> fields.put(name, content(path)));
    one.task()
        .folders()
        .forEach((name, path) -> fields.put(name, workspace.resolve(path).normalize().toString()));
    return fields;
  }

  private String content(String path) {
    try {
      return Files.readString(workspace.resolve(path));
    } catch (IOException e) {
      throw new AssertionError("%s: no example %s".formatted(eval.file(), path), e);
    }
  }

  private TaskId submit(TenantId tenant) {
    TaskId task = TaskId.next();
    Request request =
        new Request(
            tenant,
            task,
            "key:caller",
            new Request.Target(null, eval.agent().toString(), null),
            new TaskInput.Fields(fields(one)),
            Request.PRIORITY_DEFAULT,
            null,
            null,
            Map.of(),
            null);
    system.database().inTenantDo(tenant, tx -> system.intake().accept(tx, request, null));
    return task;
  }

  private TaskView await(TenantId tenant, TaskId task) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (TaskFeed.Follower follower = system.feed().follow(task)) {
      while (System.nanoTime() < until) {
        TaskView view = system.stateStore().task(tenant, task);
        if (view.endedAt() != null) {
          return view;
        }
        decide(tenant);
        follower.await(Duration.ofMillis(20));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("not ended: " + system.stateStore().task(tenant, task));
  }

  /** People say what the case says they do, and no to all that it does not foresee. */
  private void decide(TenantId tenant) {
    for (ApprovalView asked :
        system.approvals().list(tenant, "pending", null, NEWEST, APPROVALS_MAX)) {
      EvalExpectation.Approval word =
          people.stream()
              .filter(each -> each.tool().equals(asked.tool()))
              .findFirst()
              .orElse(new EvalExpectation.Approval(asked.tool(), "", "reject", "Not foreseen."));
      people.remove(word);
      Say say =
          new Say(
              word.decide().equals("approve") ? Say.Choice.APPROVE : Say.Choice.REJECT,
              null,
              word.comment(),
              asked.digest());
      system
          .database()
          .inTenantDo(
              tenant,
              tx ->
                  system.approvals().decide(tx, tenant, ApprovalId.parse(asked.id()), say, PERSON));
    }
  }

  private Object agent(AgentId id) {
    return system.loaded().stream()
        .flatMap(pack -> pack.agents().stream())
        .filter(agent -> agent.id().equals(id))
        .findFirst()
        .orElseThrow()
        .body();
  }

  private EvalDefinition eval(AgentId agent) {
    return evals.stream()
        .filter(each -> each.agent().equals(agent))
        .findFirst()
        .orElseThrow(() -> new AssertionError("%s: no eval of %s".formatted(eval.file(), agent)));
  }

  private EvalDefinition.Case named(EvalDefinition of, String name) {
    return of.cases().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("%s: no case %s of %s".formatted(eval.file(), name, of.agent())));
  }
}
