package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells what a running task waits for a person to decide, and asks the one at the terminal.
 *
 * <p>The server never lets the key that asked for the task decide; whoever may not is told which
 * command another person runs.
 */
final class ApprovalQuestion {
  private static final String APPROVALS = "/v1/approvals";

  private final Terminal terminal;
  private final TaskProgress progress;

  ApprovalQuestion(Terminal terminal, TaskProgress progress) {
    this.terminal = terminal;
    this.progress = progress;
  }

  /** Acts on an event that tells of an approval; passes over the others. */
  void on(Event event, ApiClient client) {
    String id = event.data().text("approval");
    if (!event.type().equals("approval.requested") || id.isEmpty()) {
      return;
    }
    Fields approval = client.get(ApiClient.path(APPROVALS, id));
    if (!approval.text("state").equals("pending")) {
      return;
    }
    progress.pause();
    lines(approval).forEach(terminal::say);
    if (terminal.canAsk() && terminal.asksYes("  Approve it?")) {
      approve(approval, client);
    } else {
      terminal.say("  decide with: agentos approvals approve " + id);
      terminal.say("           or: agentos approvals reject " + id);
    }
  }

  /** What would run, for a person to judge. */
  static List<String> lines(Fields approval) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %s asks to run %s (%s)"
            .formatted(approval.text("agent"), approval.text("tool"), approval.text("zone")));
    lines.add("    why        " + Visible.text(approval.raw("reason")));
    lines.add("    arguments  " + Visible.text(approval.in("arguments").json().toString()));
    for (Fields source : approval.list("taint")) {
      lines.add("    taint      " + Visible.text(source.json().asString()));
    }
    for (Fields change : approval.list("diff")) {
      lines.add("    edited     " + ApprovalPage.change(change));
    }
    if (approval.number("quorum.approvers") > 1) {
      lines.add("    said yes   " + ApprovalPage.quorum(approval.in("quorum")));
    }
    return lines;
  }

  private void approve(Fields approval, ApiClient client) {
    try {
      client.post(
          ApiClient.path(APPROVALS, approval.text("id")) + "/decide",
          new TreeMap<>(Map.of("decision", "approve", "digest", approval.text("digest"))));
    } catch (CliException e) {
      terminal.say("agentos: " + e.getMessage());
      terminal.say("  decide with: agentos approvals approve " + approval.text("id"));
    }
  }
}
