package io.agentos.runtime.policy;

import static io.agentos.runtime.policy.Samples.ANYTHING;
import static io.agentos.runtime.policy.Samples.agent;
import static io.agentos.runtime.policy.Samples.approve;
import static io.agentos.runtime.policy.Samples.engine;
import static io.agentos.runtime.policy.Samples.forbid;
import static io.agentos.runtime.policy.Samples.match;
import static io.agentos.runtime.policy.Samples.permit;
import static io.agentos.runtime.policy.Samples.request;
import static io.agentos.runtime.policy.Samples.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.Verdict.Allow;
import io.agentos.api.Verdict.Deny;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.policy.ToolVerdict.Forbid;
import io.agentos.runtime.policy.ToolVerdict.Permit;
import io.agentos.runtime.policy.ToolVerdict.RequireApproval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The second question about a request, and the one about each tool call. */
final class PolicyAdmitTest {
  private static final AgentDefinition AUDITOR = agent("supabase.auditor", Zone.GREEN, "audit");
  private static final Request ANY_AGENT = request(null, null, null);

  @Test
  void admit_agentRule_cannotBeDodgedByNamingNoAgent() {
    TestEngine engine =
        engine(
            permit("all", ANYTHING), forbid("auditor", match().agents("supabase.auditor").build()));

    assertThat(engine.validate(ANY_AGENT)).isInstanceOf(Allow.class);
    assertThat(engine.admit(ANY_AGENT, AUDITOR))
        .isEqualTo(new Deny("test/auditor", "No auditor.", engine.version()));
    assertThat(engine.validate(request(null, "supabase.auditor", null))).isInstanceOf(Deny.class);
    assertThat(engine.validate(request("supabase", "auditor", null))).isInstanceOf(Deny.class);
    assertThat(engine.validate(request(null, "auditor", null))).isInstanceOf(Allow.class);
    assertThat(engine.admit(request(null, "auditor", null), AUDITOR)).isInstanceOf(Deny.class);
  }

  @Test
  void admit_packRule_cannotBeDodgedByNamingTheAgentOnly() {
    TestEngine engine =
        engine(permit("all", ANYTHING), forbid("supabase", match().packs("supabase").build()));

    assertThat(engine.validate(request(null, "supabase.auditor", null)).rule())
        .isEqualTo("test/supabase");
    assertThat(engine.admit(ANY_AGENT, AUDITOR).rule()).isEqualTo("test/supabase");
  }

  @Test
  void admit_typeRule_cannotBeDodgedByNamingNoType() {
    TestEngine engine =
        engine(permit("all", ANYTHING), forbid("audits", match().types("audit").build()));
    AgentDefinition many = agent("supabase.many", Zone.GREEN, "review", "audit");

    assertThat(engine.admit(request(null, "supabase.many", null), many).rule())
        .isEqualTo("test/audits");
    assertThat(engine.admit(request(null, "supabase.many", "review"), many))
        .isInstanceOf(Allow.class);
  }

  @Test
  void admit_permitOfOneType_isNoneOfTheOthers() {
    TestEngine engine = engine(permit("reviews", match().types("review").build()));
    AgentDefinition many = agent("supabase.many", Zone.GREEN, "review", "audit");
    AgentDefinition none = agent("supabase.none", Zone.GREEN);

    assertThat(engine.admit(request(null, "supabase.many", "review"), many))
        .isInstanceOf(Allow.class);
    assertThat(engine.admit(request(null, "supabase.many", null), many).rule())
        .isEqualTo("default-deny");
    assertThat(engine.admit(request(null, "supabase.none", null), none).rule())
        .isEqualTo("default-deny");
  }

  @Test
  void admit_unknownAgentPermit_letsTheRequestGoOnButNoFurther() {
    TestEngine engine = engine(permit("auditor", match().agents("supabase.auditor").build()));

    assertThat(engine.validate(ANY_AGENT)).isInstanceOf(Allow.class);
    assertThat(engine.admit(ANY_AGENT, AUDITOR)).isInstanceOf(Allow.class);
    assertThat(engine.admit(ANY_AGENT, agent("supabase.other", Zone.GREEN)))
        .isEqualTo(
            new Deny(
                "default-deny",
                "No policy rule permits it: tenant acme, pack supabase, agent supabase.other, type"
                    + " none, priority 5.",
                engine.version()));
    assertThat(engine.validate(request(null, "supabase.other", null))).isInstanceOf(Deny.class);
  }

  @Test
  void admit_zoneOfTheAgent() {
    TestEngine engine = engine(permit("green", match().zones(Zone.GREEN).build()));

    assertThat(engine.validate(ANY_AGENT)).isInstanceOf(Allow.class);
    assertThat(engine.admit(ANY_AGENT, AUDITOR)).isInstanceOf(Allow.class);
    assertThat(engine.admit(ANY_AGENT, agent("supabase.bold", Zone.YELLOW)))
        .isInstanceOf(Deny.class);
  }

  @Test
  void tool_noRule_forbids() {
    assertThat(
            engine(permit("all", ANYTHING)).tool(ANY_AGENT, AUDITOR, tool("mail.send", Zone.GREEN)))
        .isEqualTo(
            new Forbid(
                "default-deny",
                "No policy rule permits tool mail.send: tenant acme, pack supabase, agent"
                    + " supabase.auditor, type audit, priority 5."));
  }

  @Test
  void tool_permitForbidAndApproval() {
    TestEngine engine =
        engine(
            permit("tools", match().tools("*").build()),
            forbid("mail", match().tools("mail.send").packs("supabase").build()),
            approve("files", match().tools("files.*").build()));

    assertThat(engine.tool(ANY_AGENT, AUDITOR, tool("mail.read", Zone.GREEN)))
        .isEqualTo(new Permit("test/tools"));
    assertThat(engine.tool(ANY_AGENT, AUDITOR, tool("mail.send", Zone.RED)))
        .isEqualTo(new Forbid("test/mail", "No mail."));
    assertThat(
            engine.tool(ANY_AGENT, agent("shop.stock", Zone.GREEN), tool("mail.send", Zone.GREEN)))
        .isEqualTo(new Permit("test/tools"));
    assertThat(engine.tool(ANY_AGENT, AUDITOR, tool("files.write", Zone.GREEN)))
        .isEqualTo(new RequireApproval("test/files", "Ask for files.", Quorum.ONE));
  }

  @Test
  void tool_redZone_asksEvenIfARulePermits() {
    TestEngine engine = engine(permit("tools", match().tools("mail.send").zones(Zone.RED).build()));

    assertThat(engine.tool(ANY_AGENT, AUDITOR, tool("mail.send", Zone.RED)))
        .isEqualTo(
            new RequireApproval(
                "red-zone",
                "Tool mail.send would act in zone red, where a person decides each time.",
                Quorum.ONE));
    assertThat(engine.tool(ANY_AGENT, AUDITOR, tool("mail.send", Zone.YELLOW)).rule())
        .isEqualTo("default-deny");
  }

  @Test
  void tool_redAgent_asksForEachTool() {
    TestEngine engine = engine(permit("tools", match().tools("*").build()));
    AgentDefinition red = agent("supabase.red", Zone.RED);

    assertThat(engine.tool(ANY_AGENT, red, tool("mail.read", Zone.GREEN)).rule())
        .isEqualTo("red-zone");
  }

  @Test
  void toolVerdicts_goThroughJsonUnchanged() {
    for (ToolVerdict verdict :
        List.of(
            new Permit("a"), new Forbid("a", "b"), new RequireApproval("a", "b", Quorum.of(2)))) {
      assertThat(Json.read(Json.write(verdict), ToolVerdict.class)).isEqualTo(verdict);
    }
  }
}
