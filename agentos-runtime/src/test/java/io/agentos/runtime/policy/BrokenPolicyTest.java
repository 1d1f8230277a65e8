package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies with conditions, rates, kinds and layers that are wrong: file, line, path and why. */
final class BrokenPolicyTest {
  private static final String HEAD =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: broken, description: A test}
      spec:
        rules:
      """;

  private static final String TASK =
      "agent.id, agent.pack, agent.zone, labels, now, principal.id, principal.kind,"
          + " principal.role, principal.scopes, task.deadline, task.has_deadline, task.id,"
          + " task.parent,"
          + " task.priority, task.type, tenant, zone";

  private static final String TOOL =
      "agent.id, agent.pack, agent.zone, args, history.counts, history.tools, labels, now,"
          + " principal.id, principal.kind, principal.role, principal.scopes, taint, task.deadline,"
          + " task.has_deadline, task.id, task.parent, task.priority, task.type, tenant,"
          + " tool.cost_usd_micros, tool.effect, tool.name, tool.zone, usage.cost_usd_micros,"
          + " usage.model_calls, usage.tool_calls, zone";

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"args.amount >\" | "
            + "6:69: spec.rules[0].when: does not compile at 1:14: mismatched input '<EOF>' "
            + "expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, "
            + "NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"arg.amount > 1\" | "
            + "6:69: spec.rules[0].when: does not compile at 1:1: undeclared reference to "
            + "'arg'; rules about tools know %TOOL%",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"task.priorty > 1\" | "
            + "6:69: spec.rules[0].when: does not compile at 1:1: undeclared reference to "
            + "'task'; rules about tools know %TOOL%",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"task.priority > "
            + "'high'\" | 6:69: spec.rules[0].when: does not compile at 1:15: found no "
            + "matching overload for '_>_' applied to '(int, string)' (candidates: (bool, "
            + "bool),(int, int),(uint, uint),(double, double),(string, string),(bytes, "
            + "bytes),(google.protobuf.Timestamp, google.pr…",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"tool.name\" | 6:69: "
            + "spec.rules[0].when: does not compile at 1:5: expected type 'bool' but found "
            + "'string'",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"tool.cost_usd_micros "
            + "+ 1\" | 6:69: spec.rules[0].when: does not compile at 1:22: expected type "
            + "'bool' but found 'int'",
        "effect: forbid, match: {packs: [a]}, reason: x, when: \"tool.name == "
            + "'mail.send'\" | 6:67: spec.rules[0].when: does not compile at 1:1: undeclared "
            + "reference to 'tool'; rules about tasks know %TASK%",
        "effect: forbid, match: {packs: [a]}, reason: x, when: \"size(args) > 0\" | "
            + "6:67: spec.rules[0].when: does not compile at 1:6: undeclared reference to "
            + "'args'; rules about tasks know %TASK%",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"model == 'a/b'\" | "
            + "6:69: spec.rules[0].when: does not compile at 1:1: undeclared reference to "
            + "'model'; rules about tools know %TOOL%",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"now.hour() > 5\" | "
            + "6:69: spec.rules[0].when: does not compile at 1:9: undeclared reference to "
            + "'hour'; rules about tools know %TOOL%",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"'a' in history\" | "
            + "6:69: spec.rules[0].when: does not compile at 1:8: undeclared reference to "
            + "'history'; rules about tools know %TOOL%",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: "
            + "\"history.tools.exists(t, u == 'a')\" | 6:69: spec.rules[0].when: does not "
            + "compile at 1:25: undeclared reference to 'u'; rules about tools know %TOOL%",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"labels.env == 3\" | "
            + "6:69: spec.rules[0].when: does not compile at 1:12: found no matching "
            + "overload for '_==_' applied to '(string, int)' (candidates: (%A0, %A0))",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: \"\" | 6:69: "
            + "spec.rules[0].when: found ''; allowed: text of 1 to 2000 characters",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: 5 | 6:69: "
            + "spec.rules[0].when: found 5; allowed: text of 1 to 2000 characters",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, when: "
            + "\"((((((((((((((((((((((((((((((((((((((((((true)))))))))))))))))))))))))))))))"
            + ")))))))))))\" | 6:69: spec.rules[0].when: does not compile at 1:1: Expression "
            + "recursion limit exceeded. limit: 40",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, whn: \"true\" | 6:69: "
            + "spec.rules[0].whn: unknown key 'whn'; allowed: name, kind, effect, match, "
            + "when, reason, limits, approvers, rate; nearest: 'when'",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, reason: x, rate: {max: 1, "
            + "window: PT1H, amount: \"args.text.size() > 1\"} | 6:110: "
            + "spec.rules[0].rate.amount: does not compile at 1:18: expected type 'int' but "
            + "found 'bool'",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, reason: x, rate: {max: 1, "
            + "window: PT1H, amount: \"tool.name\"} | 6:110: spec.rules[0].rate.amount: does "
            + "not compile at 1:5: expected type 'int' but found 'string'",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, reason: x, rate: {max: 1, "
            + "window: P32D} | 6:96: spec.rules[0].rate.window: found 'P32D'; allowed: PT1S "
            + "to PT744H",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, reason: x, rate: {max: -1, "
            + "window: PT1H} | 6:88: spec.rules[0].rate.max: found -1; allowed: a whole "
            + "number from 0 to 1000000000000",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, reason: x, rate: {window: "
            + "PT1H} | 6:81: spec.rules[0].rate.max: missing; allowed: a whole number from 0 "
            + "to 1000000000000",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, reason: x, rate: {max: 1, "
            + "window: 1 hour} | 6:96: spec.rules[0].rate.window: found '1 hour'; allowed: "
            + "an ISO 8601 duration such as PT5M or P1D",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, reason: x, rate: {max: 1, "
            + "window: PT1H, by: user} | 6:110: spec.rules[0].rate.by: found 'user'; "
            + "allowed: tenant, pack, agent, principal, task",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, reason: x, rate: {max: 1, "
            + "window: PT1H, over: ask} | 6:110: spec.rules[0].rate.over: found 'ask'; "
            + "allowed: forbid, require-approval",
        "effect: limit, kind: quota, match: {tools: [\"*\"]}, rate: {max: 1, window: "
            + "PT1H} | 6:7: spec.rules[0].reason: missing; allowed: what effect limit tells "
            + "those it stops",
        "effect: limit, kind: quota, match: {packs: [a]}, reason: x, rate: {max: 1, "
            + "window: PT1H, over: require-approval} | 6:108: spec.rules[0].rate.over: found "
            + "'require-approval' in a rule about tasks; allowed: in rules about tools",
        "effect: limit, kind: rate-limit, match: {tools: [\"*\"]}, reason: x, rate: "
            + "{max: 1, window: P2D} | 6:101: spec.rules[0].rate.window: found 'P2D' in kind "
            + "rate-limit; allowed: PT1S to PT24H, longer in kind quota",
        "effect: limit, kind: rate-limit, match: {tools: [\"*\"]}, reason: x, rate: "
            + "{max: 1, window: PT1H, amount: \"2\"} | 6:115: spec.rules[0].rate.amount: found "
            + "in kind rate-limit, which counts calls; allowed: in kind quota",
        "effect: limit, kind: rate-limit, match: {packs: [a]}, limits: {turnsMax: 1} | "
            + "6:7: spec.rules[0].rate: missing; allowed: how much kind rate-limit lets "
            + "happen",
        "effect: limit, match: {tools: [\"*\"]}, reason: x, rate: {max: 1, window: PT1H} "
            + "| 6:68: spec.rules[0].rate: found in kind access; allowed: in kinds "
            + "rate-limit and quota",
        "effect: limit, kind: quota, match: {packs: [a]}, reason: x, rate: {max: 1, "
            + "window: PT1H}, limits: {turnsMax: 1} | 6:109: spec.rules[0].limits: found "
            + "beside rate; allowed: one of both, in a rule of its own",
        "effect: limit, kind: quota, match: {models: [\"*\"]}, reason: x, rate: {max: 1, "
            + "window: PT1H} | 6:55: spec.rules[0].match.models: found with effect limit; "
            + "allowed: with permit and forbid",
        "effect: permit, kind: compliance, match: {tools: [\"*\"]} | 6:19: "
            + "spec.rules[0].effect: found 'permit' in kind compliance; allowed: forbid, "
            + "require-approval, limit",
        "effect: permit, kind: egress, match: {tools: [\"*\"]} | 6:19: "
            + "spec.rules[0].effect: found 'permit' in kind egress; allowed: forbid, "
            + "require-approval",
        "effect: forbid, kind: egress, match: {packs: [a]}, reason: x | 6:49: "
            + "spec.rules[0].match: found kind egress about tasks; allowed: with tools or "
            + "models, by which data leaves",
        "effect: forbid, kind: cost-control, match: {tools: [\"*\"]}, reason: x | 6:35: "
            + "spec.rules[0].kind: found kind cost-control without money; allowed: with "
            + "limits.costUsdMicrosMax, or a condition on usage.cost_usd_micros or "
            + "tool.cost_usd_micros",
        "effect: forbid, kind: cost-control, match: {tools: [\"*\"]}, reason: x, when: "
            + "\"tool.zone == 'red'\" | 6:89: spec.rules[0].when: found kind cost-control "
            + "without money; allowed: with limits.costUsdMicrosMax, or a condition on "
            + "usage.cost_usd_micros or tool.cost_usd_micros",
        "effect: forbid, kind: retention, match: {tools: [\"*\"]}, reason: x | 6:35: "
            + "spec.rules[0].kind: found 'retention'; how long records are kept is not said by "
            + "policies but by 'agentos retention set'; allowed: access, rate-limit, "
            + "quota, cost-control, compliance, egress",
        "effect: forbid, kind: acess, match: {tools: [\"*\"]}, reason: x | 6:35: "
            + "spec.rules[0].kind: found 'acess'; allowed: access, rate-limit, quota, "
            + "cost-control, compliance, egress, retention; nearest: 'access'",
        "effect: forbid, match: {tools: [\"*\"]}, reason: x, approvers: {count: 2} | "
            + "6:69: spec.rules[0].approvers: found in a rule that asks nobody; allowed: "
            + "with effect require-approval, or rate.over require-approval",
        "effect: require-approval, match: {tools: [\"*\"]}, reason: x, approvers: "
            + "{count: 11} | 6:91: spec.rules[0].approvers.count: found 11; allowed: a whole "
            + "number from 1 to 10",
        "effect: require-approval, match: {tools: [\"*\"]}, reason: x, approvers: "
            + "{roles: [viewer]} | 6:99: spec.rules[0].approvers.roles[0]: found 'viewer'; "
            + "allowed: admin, operator, approver",
        "effect: require-approval, match: {tools: [\"*\"]}, reason: x, approvers: {} | "
            + "6:79: spec.rules[0].approvers: found a map of 0 keys; allowed: a map of at "
            + "least 1 key"
      })
  void rule_wrong(String rule, String told) throws IOException {
    write(rule);

    assertThatThrownBy(() -> PolicyLoader.load(root))
        .hasMessage(root + "/broken.yaml:" + told.replace("%TOOL%", TOOL).replace("%TASK%", TASK));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TENANT|effect: permit, match: {tools: [\"*\"]} | 6:19: spec.rules[0].effect: "
            + "found 'permit' in a policy of a tenant, which only tightens; allowed: forbid, "
            + "limit, require-approval",
        "TENANT|effect: forbid, match: {tenants: [other]}, reason: x | 6:43: "
            + "spec.rules[0].match.tenants: found in a policy of a tenant; allowed: nothing, "
            + "it is about that tenant",
        "PACK|effect: forbid, match: {packs: [other]}, reason: x | 6:43: "
            + "spec.rules[0].match.packs: found other in a policy of pack shop; allowed: "
            + "that pack",
        "PACK|effect: forbid, match: {packs: [\"*\"]}, reason: x | 6:43: "
            + "spec.rules[0].match.packs: found * in a policy of pack shop; allowed: that "
            + "pack"
      })
  void layer_wrong(Layer layer, String rule, String told) throws IOException {
    write(rule);

    assertThatThrownBy(() -> PolicyLoader.load(root, layer, "shop"))
        .hasMessage(root + "/broken.yaml:" + told);
  }

  private void write(String rule) throws IOException {
    Files.writeString(root.resolve("broken.yaml"), HEAD + "    - {name: one, " + rule + "}\n");
  }
}
