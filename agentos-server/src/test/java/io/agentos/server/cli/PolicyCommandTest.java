package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agentos policy} without a server. */
final class PolicyCommandTest {
  private static final String POLICY =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: shop, description: A shop}
      spec:
        rules:
          - {name: tools, effect: permit, match: {tools: ["*"]}}
          - name: large
            effect: require-approval
            match: {tools: [pay.refund]}
            when: args.amount > 50
            approvers: {count: 2}
            reason: Much.
      """;

  private static final String CASES =
      """
      apiVersion: agentos.io/v1
      kind: PolicyTest
      metadata: {name: shop, description: Cases}
      spec:
        policies: [shop.yaml]
        cases:
          - name: small
            agent: shop.clerk
            tool: pay.refund
            args: {amount: 5}
            expect: {effect: permit, rule: shop/tools}
          - name: large
            agent: shop.clerk
            tool: pay.refund
            args: {amount: 51}
            expect: {effect: require-approval, rule: shop/large, approvers: 2}
      """;

  @TempDir Path work;
  private TestShell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new TestShell(work);
    Files.writeString(shell.work().resolve("shop.yaml"), POLICY);
  }

  @Test
  void lint_right() {
    TestShell.Result result = shell.run("policy", "lint", "shop.yaml");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("ok  shop, 2 rules\n");
  }

  @Test
  void lint_wrong_tellsFileLineAndPath_andEndsWithOne() throws IOException {
    Path file = shell.work().resolve("wrong.yaml");
    Files.writeString(file, POLICY.replace("args.amount", "arg.amount"));

    TestShell.Result result = shell.run("policy", "lint", "wrong.yaml", "shop.yaml");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith(
            file
                + ":10:7: spec.rules[1].when: does not compile at 1:1: undeclared reference to 'arg'");
    assertThat(result.out()).isEqualTo("ok  shop, 2 rules\n");
  }

  @Test
  void lint_asATenants_refusesPermits() {
    TestShell.Result result = shell.run("policy", "lint", "--tenant", "shop.yaml");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("found 'permit' in a policy of a tenant");
  }

  @Test
  void test_saysWhichCasesFail() throws IOException {
    Files.writeString(shell.work().resolve("right.yaml"), CASES);
    Files.writeString(
        shell.work().resolve("wrong.yaml"), CASES.replace("approvers: 2", "approvers: 3"));

    TestShell.Result right = shell.run("policy", "test", "right.yaml");
    TestShell.Result wrong = shell.run("policy", "test", "wrong.yaml");

    assertThat(right.exitCode()).isZero();
    assertThat(right.out()).isEqualTo("ok      small\nok      large\n");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.out()).isEqualTo("ok      small\nfailed  large: approvers is 2, expected 3\n");
  }

  @Test
  void time_ofAgo() {
    assertThat(Instant.parse(PolicyCommand.time("30d"))).isBefore(Instant.now());
    assertThat(PolicyCommand.time("2026-01-01T00:00:00Z")).isEqualTo("2026-01-01T00:00:00Z");
  }
}
