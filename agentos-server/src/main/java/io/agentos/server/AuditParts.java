package io.agentos.server;

import io.agentos.adapters.audit.FileAuditSink;
import io.agentos.runtime.checkpoints.Checkpoints;
import io.agentos.runtime.sinks.AuditSinks;
import io.agentos.runtime.store.Database;
import io.agentos.server.config.AuditConfig;
import io.agentos.server.config.CheckpointConfig;
import io.agentos.server.config.Config;
import io.agentos.spi.AuditSink;
import java.util.ArrayList;
import java.util.List;

/** What the configuration says of the audit logs: where copies go, and how they are signed. */
final class AuditParts {
  private AuditParts() {}

  /** The places that copies of the audit log go to; plugins add theirs here. */
  static AuditSinks sinks(Config config, Database database, Closing closing) {
    List<AuditSink> sinks = new ArrayList<>();
    AuditConfig told = config.audit();
    told.file()
        .map(file -> new FileAuditSink(file, told.fileBytesMax(), told.filesMax()))
        .ifPresent(file -> sinks.add(closing.add(file)));
    return new AuditSinks(database, sinks, AuditSinks.Settings.usual(told.fromHead()));
  }

  static Checkpoints.Settings checkpoints(Config config, DataDirectory data) {
    CheckpointConfig told = config.checkpoints();
    return new Checkpoints.Settings(
        config.data().checkpointsFolder(),
        data.checkpointKey(told),
        told.name(),
        told.every(),
        told.entriesMax(),
        told.witnessOrNull());
  }
}
