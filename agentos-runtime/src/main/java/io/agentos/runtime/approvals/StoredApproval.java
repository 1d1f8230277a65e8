package io.agentos.runtime.approvals;

import io.agentos.api.ApprovalId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.runtime.vault.TenantKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An approval as its rows tell it.
 *
 * @param isLate whether it has expired by the database's clock
 */
record StoredApproval(
    ApprovalView view, Question.Bound bound, int round, boolean isLate, TaskKey key) {

  /** One vote as it is stored. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
  private record Cast(UUID approval, int round, ApprovalView.Vote vote, byte[] comment) {}

  /** What would run if it were decided now. */
  Map<String, @Nullable Object> arguments() {
    Map<String, @Nullable Object> edited = view.editedArguments();
    return edited == null ? view.arguments() : edited;
  }

  /** Whether the row still says what its digest was made of. */
  boolean isWhatWasAsked() {
    return bound.digest(arguments()).equals(view.digest());
  }

  /** Whether this person has said yes to what would run now. */
  boolean hasVoteOf(String principal) {
    return view.votes().stream().anyMatch(vote -> vote.counts() && vote.by().equals(principal));
  }

  /** The texts of its columns. */
  ApprovalTexts texts() {
    return new ApprovalTexts(key, id());
  }

  static Optional<StoredApproval> find(Tx tx, TenantId tenant, TenantKeys keys, ApprovalId id) {
    return of(
            tx,
            tenant,
            tx.query(ApprovalsSql.ONE, row -> read(tenant, keys, row), tenant.value(), id.value()))
        .stream()
        .findFirst();
  }

  /** Which approvals are asked for: of a state or a task where these are given. */
  record Asked(TenantId tenant, @Nullable String state, @Nullable UUID task, UUID before) {}

  static List<StoredApproval> list(Tx tx, TenantKeys keys, Asked asked, int limit) {
    return of(
        tx,
        asked.tenant,
        tx.query(
            ApprovalsSql.LIST,
            row -> read(asked.tenant, keys, row),
            asked.tenant.value(),
            asked.before,
            asked.state,
            asked.state,
            asked.task,
            asked.task,
            limit));
  }

  /** These, with their votes. */
  static List<StoredApproval> of(Tx tx, TenantId tenant, List<StoredApproval> found) {
    if (found.isEmpty()) {
      return found;
    }
    Map<UUID, List<Cast>> votes = new HashMap<>();
    tx.query(
            ApprovalsSql.VOTES,
            StoredApproval::cast,
            tenant.value(),
            found.stream().map(StoredApproval::id).toArray(UUID[]::new))
        .forEach(cast -> votes.computeIfAbsent(cast.approval, _ -> new ArrayList<>()).add(cast));
    return found.stream().map(each -> each.with(votes.getOrDefault(each.id(), List.of()))).toList();
  }

  private UUID id() {
    return ApprovalId.parse(view.id()).value();
  }

  private static Cast cast(Row row) {
    return new Cast(
        row.uuid("approval_id"),
        row.number("round"),
        new ApprovalView.Vote(
            row.text("principal"),
            row.text("role"),
            row.text("decision"),
            row.text("digest"),
            "",
            row.instant("at"),
            false),
        row.bytes("comment"));
  }

  private StoredApproval with(List<Cast> casts) {
    List<ApprovalView.Vote> votes = new ArrayList<>();
    int given = 0;
    for (Cast cast : casts) {
      ApprovalView.Vote vote = cast.vote;
      boolean counts = cast.round == round && vote.digest().equals(view.digest());
      given += counts && !vote.decision().equals("reject") ? 1 : 0;
      votes.add(
          new ApprovalView.Vote(
              vote.by(),
              vote.role(),
              vote.decision(),
              vote.digest(),
              texts().openVote(cast.round, vote.by(), cast.comment),
              vote.at(),
              counts));
    }
    return new StoredApproval(ApprovalRows.with(view, votes, given), bound, round, isLate, key);
  }

  static StoredApproval read(TenantId tenant, TenantKeys keys, Row row) {
    TaskKey key = keys.of(new TaskId(row.uuid("task_id")), row);
    ApprovalView view = ApprovalRows.view(row, key);
    Question.Bound bound =
        new Question.Bound(
            tenant.value(),
            view.task(),
            view.step(),
            view.agent(),
            view.versions().agent(),
            view.tool(),
            view.versions().descriptor(),
            view.versions().policy(),
            view.versions().policyInForce(),
            view.expiresAt());
    return new StoredApproval(view, bound, row.number("round"), row.flag("is_late"), key);
  }
}
