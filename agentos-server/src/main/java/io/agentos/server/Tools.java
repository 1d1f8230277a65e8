package io.agentos.server;

import io.agentos.postgres.Durability;
import io.agentos.postgres.EmbeddedPostgres;
import io.agentos.postgres.PostgresSettings;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.server.config.Config;
import io.agentos.server.config.MailConfig;
import io.agentos.server.config.Secret;
import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import io.agentos.tools.changes.ChangeTools;
import io.agentos.tools.citations.CitationTools;
import io.agentos.tools.code.CodeTools;
import io.agentos.tools.contracts.ContractTools;
import io.agentos.tools.dependencies.DependencyTools;
import io.agentos.tools.design.DesignTools;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.FileTools;
import io.agentos.tools.finance.FinanceTools;
import io.agentos.tools.git.GitTools;
import io.agentos.tools.http.HttpTools;
import io.agentos.tools.kubernetes.KubernetesTools;
import io.agentos.tools.logs.LogTools;
import io.agentos.tools.mail.MailServer;
import io.agentos.tools.mail.MailTools;
import io.agentos.tools.marketing.MarketingTools;
import io.agentos.tools.mcp.McpRefusals;
import io.agentos.tools.mobile.MobileTools;
import io.agentos.tools.planning.PlanningTools;
import io.agentos.tools.product.ProductTools;
import io.agentos.tools.profile.ProfileTools;
import io.agentos.tools.qa.QaTools;
import io.agentos.tools.sql.SqlFiles;
import io.agentos.tools.sql.SqlTools;
import io.agentos.tools.sql.scratch.AdminConnection;
import io.agentos.tools.sql.scratch.AdminScratchDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The built-in tools, those of MCP servers that packs declare, and the throw-away Postgres that
 * schemas are looked at in. That one is another cluster than AgentOS's own: what a user's schema
 * does there cannot reach the tasks. It is started when first needed and deleted at the end.
 *
 * <p>Thread-safe.
 */
final class Tools implements AutoCloseable {
  private static final Pattern CONNECTION = Pattern.compile("(?:jdbc:)?postgres(?:ql)?:.*");

  private final ReentrantLock lock = new ReentrantLock();
  private final Path scratchFolder;
  private final List<Tool> tools = new ArrayList<>();
  private final McpServers mcpServers;
  private @Nullable EmbeddedPostgres scratch;

  private Tools(Config config, DataDirectory data, McpServers mcpServers) {
    this.mcpServers = mcpServers;
    this.scratchFolder = data.folder().resolve("scratch");
    List<Path> roots = config.files().roots();
    FileRoots fileRoots = FileRoots.of(roots);
    tools.addAll(FileTools.tools(fileRoots));
    tools.addAll(GitTools.tools(fileRoots));
    tools.addAll(HttpTools.tools());
    tools.addAll(MailTools.tools(mailServer(config.mail())));
    tools.addAll(CodeTools.tools(fileRoots));
    tools.addAll(DesignTools.tools(fileRoots));
    tools.addAll(FinanceTools.tools(fileRoots));
    tools.addAll(MarketingTools.tools(fileRoots));
    tools.addAll(ProductTools.tools(fileRoots));
    tools.addAll(QaTools.tools(fileRoots));
    tools.addAll(DependencyTools.tools(fileRoots));
    tools.addAll(ChangeTools.tools(fileRoots));
    tools.addAll(LogTools.tools(fileRoots));
    tools.addAll(PlanningTools.tools(fileRoots));
    tools.addAll(ProfileTools.tools(fileRoots));
    tools.addAll(MobileTools.tools(fileRoots));
    tools.addAll(CitationTools.tools(fileRoots));
    tools.addAll(ContractTools.tools(fileRoots));
    tools.addAll(KubernetesTools.tools(fileRoots));
    tools.addAll(
        SqlTools.tools(
            new AdminScratchDatabases(this::scratch),
            new SqlFiles(roots),
            Tools::connectionInEnvironment));
    mcpServers.tools().forEach(tools::add);
  }

  static Tools of(
      Config config,
      DataDirectory data,
      List<PackDefinition> packs,
      Egress egress,
      McpRefusals refusals) {
    return new Tools(
        config, data, new McpServers(packs, data.folder().resolve("mcp"), egress, refusals));
  }

  List<Tool> all() {
    return List.copyOf(tools);
  }

  @Override
  public void close() {
    mcpServers.close();
    lock.lock();
    try {
      EmbeddedPostgres running = scratch;
      scratch = null;
      if (running != null) {
        running.close();
        delete(scratchFolder);
      }
    } finally {
      lock.unlock();
    }
  }

  private AdminConnection scratch() {
    lock.lock();
    try {
      EmbeddedPostgres running = scratch;
      if (running == null) {
        running =
            EmbeddedPostgres.start(
                PostgresSettings.of(scratchFolder, Storage.runtimes())
                    .withDurability(Durability.NONE)
                    .withParameter("log_min_error_statement", "panic"));
        scratch = running;
      }
      return new AdminConnection(
          "127.0.0.1", running.port(), running.superuser(), running.password());
    } finally {
      lock.unlock();
    }
  }

  private static Optional<MailServer> mailServer(MailConfig mail) {
    Secret password = mail.passwordOrNull();
    return mail.host()
        .map(host ->
            new MailServer(
                host,
                mail.port(),
                MailServer.Tls.of(mail.tls()),
                Optional.ofNullable(mail.userOrNull())
                    .map(user ->
                        new MailServer.Login(user, password == null ? "" : password.value())),
                Objects.requireNonNullElse(mail.fromOrNull(), "")));
  }

  /** Only variables that hold a connection can be named by callers, and none of AgentOS's own. */
  private static Optional<String> connectionInEnvironment(String name) {
    return name.startsWith("AGENTOS_")
        ? Optional.empty()
        : Optional.ofNullable(System.getenv(name))
            .filter(value -> CONNECTION.matcher(value).matches());
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.getLogger(Tools.class.getName())
          .log(System.Logger.Level.WARNING, "scratch cluster not deleted folder=" + folder, e);
    }
  }
}
