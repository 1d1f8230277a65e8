package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.List;

/** An approval as it is shown to whoever decides it: all of it, and nothing that hides. */
final class ApprovalPage {
  private static final List<String> FIELDS =
      List.of(
          "state",
          "agent",
          "tool",
          "zone",
          "task",
          "step",
          "reason",
          "rule",
          "requester",
          "digest",
          "created_at",
          "sla_at",
          "escalated_at",
          "expires_at",
          "decided_by",
          "decided_at",
          "comment",
          "grant");

  private ApprovalPage() {}

  /** The page. */
  static String of(Fields approval) {
    List<String> lines = new ArrayList<>();
    lines.add(approval.text("id"));
    for (String field : FIELDS) {
      line(lines, field.replace('_', ' '), approval.raw(field));
    }
    if (approval.has("quorum")) {
      line(lines, "quorum", quorum(approval.in("quorum")));
    }
    line(lines, "parent", approval.raw("origin.parent"));
    line(lines, "excluded", joined(approval, "excluded"));
    line(lines, "taint", joined(approval, "taint"));
    approval.list("votes").forEach(vote -> line(lines, "vote", vote(vote)));
    lines.add("");
    lines.add(Visible.text(approval.in("arguments").pretty()));
    if (approval.has("edited_arguments")) {
      lines.add("");
      lines.add("edited to");
      lines.add(Visible.text(approval.in("edited_arguments").pretty()));
      approval.list("diff").forEach(change -> lines.add("  " + change(change)));
    }
    return String.join("\n", lines);
  }

  /** How many of whom must say yes, and how many have. */
  static String quorum(Fields quorum) {
    List<String> roles = quorum.list("roles").stream().map(role -> role.json().asString()).toList();
    return "%d of %d%s"
        .formatted(
            quorum.number("given"),
            quorum.number("approvers"),
            roles.isEmpty() ? "" : ", of role " + String.join(" or ", roles));
  }

  /** One change, in one line. */
  static String change(Fields change) {
    String path = Visible.text(change.raw("path"));
    return switch (change.raw("change")) {
      case "added" -> "+ %s  %s".formatted(path, value(change, "to"));
      case "removed" -> "- %s  %s".formatted(path, value(change, "from"));
      default -> "~ %s  %s -> %s".formatted(path, value(change, "from"), value(change, "to"));
    };
  }

  private static String value(Fields change, String name) {
    return Visible.text(change.json().path(name).toString());
  }

  private static String vote(Fields vote) {
    String comment = vote.raw("comment");
    return "%s by %s (%s) at %s%s%s"
        .formatted(
            vote.raw("decision"),
            vote.raw("by"),
            vote.raw("role"),
            Words.instant(vote.raw("at")),
            vote.yes("counts") ? "" : ", of other arguments",
            comment.isEmpty() ? "" : ": " + comment);
  }

  private static String joined(Fields approval, String field) {
    return String.join(
        ", ", approval.list(field).stream().map(each -> each.json().asString()).toList());
  }

  private static void line(List<String> lines, String name, String text) {
    if (!text.isEmpty()) {
      lines.add("  %-12s %s".formatted(name, Visible.text(text)));
    }
  }
}
