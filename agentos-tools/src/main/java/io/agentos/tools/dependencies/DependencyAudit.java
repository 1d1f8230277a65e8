package io.agentos.tools.dependencies;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.dependencies.Inventory.Listed;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Workspace;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tool {@code code.audit_dependencies}. */
final class DependencyAudit implements WorkspaceTool.Work {

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "code.audit_dependencies",
        "Checks all manifests and lock files in a folder without the network: open versions,"
            + " missing, doubled and outdated lock files, names that look like popular ones,"
            + " packages given up or broken into, sources other than the registry, install scripts"
            + " and licences. Knows npm, PyPI, Cargo, Composer, RubyGems, Go, Maven, Gradle, NuGet.",
        InputSchema.ofFolder(),
        Duration.ofMinutes(3));
  }

  @Override
  public ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException {
    Inventory inventory = Inventory.of(workspace);
    if (inventory.manifests().isEmpty()) {
      return ToolResult.failure(
          "Found no manifest such as package.json, pom.xml, pyproject.toml or go.mod in '%s'. Name"
                  .formatted(workspace.name())
              + " the folder of a project.");
    }
    LockChecks.Result locked = LockChecks.of(inventory);
    Report report = new Report("Dependency audit: " + workspace.name());
    report.findings(PinChecks.findings(inventory));
    report.findings(NameChecks.findings(inventory));
    report.findings(locked.findings());
    report.summary(summary(inventory, locked));
    report.table(
        "What was read",
        List.of("Manifest", "For", "Dependencies", "Lock file"),
        inventory.manifests().stream().map(one -> row(inventory, one)).toList());
    report.table(
        "Licences of installed packages", List.of("Licence", "Packages"), licences(locked));
    fields(report, inventory, locked);
    inventory
        .outcome()
        .cut()
        .ifPresent(
            why -> report.note("The folder is larger than one look, ended %s.".formatted(why)));
    report.note(
        "No registry and no vulnerability database was asked. For known vulnerabilities run your"
            + " tool's audit (npm audit, pip-audit, cargo audit, osv-scanner) as well.");
    return report.result();
  }

  private static String summary(Inventory inventory, LockChecks.Result locked) {
    int listed =
        inventory.manifests().stream().mapToInt(one -> one.manifest().dependencies().size()).sum();
    String installed =
        locked.packages() == 0
            ? ""
            : "; %s with all they bring along"
                .formatted(Words.count(locked.packages(), "installed package"));
    return "%s in %s, %s%s."
        .formatted(
            Words.count(listed, "dependency", "dependencies"),
            Words.count(inventory.manifests().size(), "manifest"),
            Words.count(inventory.locks().size(), "lock file"),
            installed);
  }

  private static List<String> row(Inventory inventory, Listed one) {
    String locks =
        Ecosystem.of(one.manifest().tool())
            .map(ecosystem ->
                Words.list(
                    inventory.locksOf(one, ecosystem.lockNames()).stream()
                        .map(Inventory.Lock::path)
                        .toList(),
                    3))
            .orElse("");
    return List.of(
        Words.code(one.manifest().path()),
        one.manifest().tool(),
        String.valueOf(one.manifest().dependencies().size()),
        locks.isEmpty() ? "none" : locks);
  }

  private static List<List<String>> licences(LockChecks.Result locked) {
    return locked.licences().entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> List.of(entry.getKey(), String.valueOf(entry.getValue())))
        .toList();
  }

  private static void fields(Report report, Inventory inventory, LockChecks.Result locked) {
    report.field(
        "manifests",
        inventory.manifests().stream()
            .map(one -> {
              Map<String, @Nullable Object> fields = new LinkedHashMap<>();
              fields.put("path", one.manifest().path());
              fields.put("tool", one.manifest().tool());
              fields.put("dependencies", one.manifest().dependencies().size());
              return fields;
            })
            .toList());
    report.field("lock_files", inventory.locks().stream().map(Inventory.Lock::path).toList());
    report.field("installed_packages", locked.packages());
    report.field("licences", new LinkedHashMap<>(locked.licences()));
    report.field("complete", inventory.outcome().cut().isEmpty());
  }
}
