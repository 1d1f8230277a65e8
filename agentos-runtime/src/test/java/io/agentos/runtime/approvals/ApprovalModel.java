package io.agentos.runtime.approvals;

import io.agentos.api.Quorum;
import io.agentos.runtime.approvals.Approvals.Say;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an approval must do, in plain Java: one thing after the other, no database. */
final class ApprovalModel {
  private static final Set<String> MAY_DECIDE = Set.of("approver", "operator", "admin");
  private static final List<String> LADDER = List.of("approver", "operator", "admin");

  private final Quorum quorum;
  private final Set<String> roles;
  private final Set<String> saidYes = new HashSet<>();
  private String state = "pending";
  private int amount;
  private boolean edited;
  private boolean late;
  private boolean policyChanged;
  private boolean consumed;
  private int level;

  /** Whether a node has met a yes. */
  private boolean settled;

  ApprovalModel(Quorum quorum, int amount) {
    this.quorum = quorum;
    this.roles = new TreeSet<>(quorum.roles());
    this.amount = amount;
  }

  String state() {
    return state;
  }

  int amount() {
    return amount;
  }

  Set<String> roles() {
    return roles;
  }

  void expire() {
    late = true;
  }

  void changePolicies() {
    policyChanged = true;
  }

  /** How many are escalated when the SLA has passed. */
  int escalate() {
    if (!state.equals("pending") || late || level == 2) {
      return 0;
    }
    level++;
    if (!roles.isEmpty()) {
      List<String> seniors = new ArrayList<>();
      int lowest =
          LADDER.indexOf(LADDER.stream().filter(roles::contains).findFirst().orElseThrow());
      if (level == 1 && lowest + 1 < LADDER.size()) {
        seniors.add(LADDER.get(lowest + 1));
      } else if (lowest < 2) {
        seniors.add("admin");
      }
      roles.addAll(seniors);
    }
    return 1;
  }

  /** The state after somebody's word, or the code of the refusal. */
  String decide(Voter by, Say.Choice choice, int newAmount, boolean stale) {
    String refusal = refusal(by, choice, stale);
    if (!refusal.isEmpty()) {
      if (policyChanged && state.equals("pending")) {
        state = "superseded";
      }
      return refusal;
    }
    switch (choice) {
      case REJECT -> state = "rejected";
      case EDIT -> {
        amount = newAmount;
        edited = true;
        saidYes.clear();
        saidYes.add(by.id());
      }
      case APPROVE -> saidYes.add(by.id());
    }
    if (choice != Say.Choice.REJECT && saidYes.size() >= quorum.approvers()) {
      state = edited ? "edited" : "approved";
    }
    return state;
  }

  /** What a node that wants to act meets. */
  String consume() {
    return switch (state) {
      case "pending" -> "waits";
      case "rejected" -> "no";
      case "superseded", "expired" -> consumed || !settled ? "no" : "refused";
      case "consumed" -> "refused";
      default -> {
        settled = true;
        if (late || policyChanged) {
          state = late ? "expired" : "superseded";
          yield "refused";
        }
        consumed = true;
        state = "consumed";
        yield "consumed";
      }
    };
  }

  private String refusal(Voter by, Say.Choice choice, boolean stale) {
    String role = by.role().text();
    if (!MAY_DECIDE.contains(role)
        || by.id().startsWith("agent:")
        || by.id().equals("key:asker")
        || by.id().equals("key:boss")) {
      return "FORBIDDEN";
    }
    if (!state.equals("pending")) {
      return state.equals("expired") ? "APPROVAL_EXPIRED" : "CONFLICT";
    }
    if (late) {
      return "APPROVAL_EXPIRED";
    }
    if (policyChanged) {
      return "CONFLICT";
    }
    if (stale) {
      return "DIGEST_MISMATCH";
    }
    if (choice == Say.Choice.REJECT) {
      return "";
    }
    if (!roles.isEmpty() && !roles.contains(role)) {
      return "FORBIDDEN";
    }
    return choice == Say.Choice.APPROVE && saidYes.contains(by.id()) ? "CONFLICT" : "";
  }
}
