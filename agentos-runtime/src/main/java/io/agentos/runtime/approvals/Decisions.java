package io.agentos.runtime.approvals;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.AuditEntry;
import io.agentos.api.Decision;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what people say: votes, vetoes and edits.
 *
 * <p>Thread-safe: whoever decides an approval holds its row.
 */
final class Decisions {
  private final StateStore stateStore;
  private final Audit audit;

  Decisions(StateStore stateStore, Audit audit) {
    this.stateStore = stateStore;
    this.audit = audit;
  }

  /**
   * One person's word in the caller's transaction, and what became of the approval.
   *
   * @param policyInForce the version of the policies in force now
   */
  ApprovalView take(
      Tx tx, ApprovalId id, Say say, Voter by, TenantId tenant, String policyInForce) {
    StoredApproval stored = locked(tx, tenant, id);
    Admission.check(stored, say, by, policyInForce);
    ApprovalView view =
        switch (say.choice()) {
          case REJECT -> reject(tx, tenant, stored, say, by);
          case APPROVE -> approve(tx, tenant, stored, say, by);
          case EDIT -> edit(tx, tenant, stored, say, by);
        };
    audit.append(tx, List.of(entry(tenant, view, say, by)));
    return view;
  }

  /** An approval whose row nobody else can change until the transaction ends. */
  StoredApproval locked(Tx tx, TenantId tenant, ApprovalId id) {
    tx.queryOne(ApprovalsSql.LOCK, row -> true, tenant.value(), id.value());
    return find(tx, tenant, id).orElseThrow(() -> Admission.notFound(id));
  }

  private Optional<StoredApproval> find(Tx tx, TenantId tenant, ApprovalId id) {
    return StoredApproval.find(tx, tenant, stateStore.keys().in(tx, tenant), id);
  }

  /** Tells the task what was decided. */
  void tell(Tx tx, TenantId tenant, ApprovalView view, Decision decision) {
    stateStore.signal(
        tx,
        tenant,
        TaskId.parse(view.task()),
        new StateStore.Signal(view.step() + "/decision", Json.write(decision)));
  }

  private ApprovalView reject(Tx tx, TenantId tenant, StoredApproval stored, Say say, Voter by) {
    ApprovalId id = ApprovalId.parse(stored.view().id());
    tx.update(
        ApprovalsSql.VETO,
        tenant.value(),
        id.value(),
        stored.round(),
        by.id(),
        by.role().text(),
        stored.view().digest(),
        stored.texts().sealVote(stored.round(), by.id(), say.comment()));
    mustBeInTime(
        tx.update(ApprovalsSql.REJECT, by.id(), comment(stored, say), tenant.value(), id.value()),
        stored.view());
    tell(tx, tenant, stored.view(), new Decision.Rejected(by.id(), say.comment()));
    return locked(tx, tenant, id).view();
  }

  private ApprovalView approve(Tx tx, TenantId tenant, StoredApproval stored, Say say, Voter by) {
    vote(tx, tenant, stored, "approve", stored.view().digest(), say, by);
    return settled(tx, tenant, stored, say, by);
  }

  private ApprovalView edit(Tx tx, TenantId tenant, StoredApproval stored, Say say, Voter by) {
    Map<String, @Nullable Object> arguments = say.arguments() == null ? Map.of() : say.arguments();
    String digest = stored.bound().digest(arguments);
    ApprovalId id = ApprovalId.parse(stored.view().id());
    mustBeInTime(
        tx.update(
            ApprovalsSql.EDIT, stored.texts().seal(arguments), digest, tenant.value(), id.value()),
        stored.view());
    StoredApproval edited = locked(tx, tenant, id);
    vote(tx, tenant, edited, "edit", digest, say, by);
    return settled(tx, tenant, edited, say, by);
  }

  private static void vote(
      Tx tx,
      TenantId tenant,
      StoredApproval stored,
      String word,
      String digest,
      Say say,
      Voter by) {
    tx.update(
        ApprovalsSql.VOTE,
        tenant.value(),
        ApprovalId.parse(stored.view().id()).value(),
        stored.round(),
        by.id(),
        by.role().text(),
        word,
        digest,
        stored.texts().sealVote(stored.round(), by.id(), say.comment()));
  }

  private static byte[] comment(StoredApproval stored, Say say) {
    return stored.texts().seal("comment", say.comment());
  }

  /** The approval after one more yes, which may have been the last that was needed. */
  private ApprovalView settled(Tx tx, TenantId tenant, StoredApproval stored, Say say, Voter by) {
    ApprovalId id = ApprovalId.parse(stored.view().id());
    boolean enough =
        tx.update(ApprovalsSql.SETTLE, by.id(), comment(stored, say), tenant.value(), id.value())
            == 1;
    ApprovalView view = locked(tx, tenant, id).view();
    if (enough) {
      Map<String, @Nullable Object> edited = view.editedArguments();
      tell(
          tx,
          tenant,
          view,
          edited == null ? new Decision.Approved(by.id()) : new Decision.Edited(by.id(), edited));
    } else if (view.quorum().given() >= view.quorum().approvers()) {
      mustBeInTime(0, view);
    }
    return view;
  }

  private static void mustBeInTime(int rows, ApprovalView view) {
    if (rows == 0) {
      throw Admission.expired(view);
    }
  }

  /** A yes that is not the last is a vote; what settles the approval is a decision. */
  private static AuditEntry entry(TenantId tenant, ApprovalView view, Say say, Voter by) {
    boolean settled = view.decidedBy() != null;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("approval", view.id());
    facts.put("decision", say.choice().name().toLowerCase(Locale.ROOT));
    facts.put("digest", view.digest());
    facts.put("tool", view.tool());
    facts.put("role", by.role().text());
    facts.put("given", String.valueOf(view.quorum().given()));
    facts.put("approvers", String.valueOf(view.quorum().approvers()));
    return new AuditEntry(
        tenant, settled ? "approval.decided" : "approval.voted", by.id(), view.task(), facts);
  }

  /** Records an attempt that was refused; what the policies have overtaken is superseded. */
  void refuse(
      Tx tx, ApprovalId id, Voter by, AgentOsException refusal, TenantId tenant, String inForce) {
    if (find(tx, tenant, id).isEmpty()) {
      return;
    }
    ApprovalView view = locked(tx, tenant, id).view();
    if (view.state().equals("pending") && !view.versions().policyInForce().equals(inForce)) {
      tx.update(ApprovalsSql.SUPERSEDE, tenant.value(), id.value());
      tell(tx, tenant, view, new Decision.Superseded("The policies have changed since."));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("approval", view.id());
    facts.put("code", refusal.code().name());
    facts.put("reason", refusal.detail());
    facts.put("tool", view.tool());
    audit.append(
        tx, List.of(new AuditEntry(tenant, "approval.refused", by.id(), view.task(), facts)));
  }
}
