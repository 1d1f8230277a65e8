package io.agentos.server.http;

import io.agentos.runtime.policy.Layer;
import io.agentos.runtime.policy.Policy;
import io.agentos.runtime.policy.PolicyLoader;
import java.util.List;

/** What is in force in the API under test. */
final class TestPolicies {
  static final List<Policy> ALL =
      PolicyLoader.read(
          List.of(
              new PolicyLoader.Text(
                  "base.yaml",
                  """
                  apiVersion: agentos.io/v1
                  kind: Policy
                  metadata: {name: base, description: Permits all}
                  spec:
                    rules:
                      - {name: tasks, effect: permit, match: {packs: ["*"]}}
                      - {name: tools, effect: permit, match: {tools: ["*"]}}
                  """)),
          Layer.BASE,
          "");

  private TestPolicies() {}
}
