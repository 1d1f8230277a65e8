package io.agentos.server.http;

import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.checkpoints.Checkpoints;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.idempotency.Idempotency;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.retention.Holds;
import io.agentos.runtime.retention.Retention;
import io.agentos.runtime.secrets.Secrets;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.webhooks.Webhooks;
import java.time.InstantSource;

/** What the API stands on. Each part is thread-safe, and closed by whoever made it. */
public record HttpServices(
    Database database,
    StateStore stateStore,
    Approvals approvals,
    KillSwitches killSwitches,
    Audit audit,
    Checkpoints checkpoints,
    Idempotency idempotency,
    Identity identity,
    People people,
    TaskFeed feed,
    Policies policies,
    Privacy privacy,
    Secrets secrets,
    Holds holds,
    Retention retention,
    Webhooks webhooks,
    PackShelf shelf,
    Catalog catalog,
    Intake intake,
    Readiness readiness,
    InstantSource clock) {}
