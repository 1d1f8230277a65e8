package io.agentos.tools.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import io.agentos.tools.changes.ChangeTools;
import io.agentos.tools.citations.CitationTools;
import io.agentos.tools.contracts.ContractTools;
import io.agentos.tools.dependencies.DependencyTools;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.World;
import io.agentos.tools.kubernetes.KubernetesTools;
import io.agentos.tools.logs.LogTools;
import io.agentos.tools.mobile.MobileTools;
import io.agentos.tools.planning.PlanningTools;
import io.agentos.tools.profile.ProfileTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Holds each checking tool, on its example, to what every tool must keep. */
final class CheckingToolsContractTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final List<Function<FileRoots, List<Tool>>> DOORS =
      List.of(
          DependencyTools::tools,
          ChangeTools::tools,
          LogTools::tools,
          KubernetesTools::tools,
          ContractTools::tools,
          CitationTools::tools,
          PlanningTools::tools,
          ProfileTools::tools,
          MobileTools::tools);

  private static List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    DOORS.forEach(door -> tools.addAll(door.apply(FileRoots.of(List.of(EXAMPLES)))));
    return tools;
  }

  /** One tool on one example. */
  abstract static class Contract extends ToolContract {
    private final Tool tool;
    private final Map<String, String> given;

    Contract(String name, String argument, String example) {
      this.tool = Call.tool(tools(), name);
      this.given = Map.of(argument, example);
    }

    @Override
    protected Tool tool() {
      return tool;
    }

    @Override
    protected ToolArguments arguments() {
      return new ToolArguments(Map.copyOf(given));
    }

    @Override
    protected Object world() {
      return World.of(EXAMPLES);
    }

    @Test
    void call_twice_answersTheSame() {
      Map.Entry<String, String> one = given.entrySet().iterator().next();
      String name = tool.spec().name();

      assertThat(Call.tool(List.of(tool), name, one.getKey(), one.getValue()))
          .isEqualTo(Call.tool(List.of(tool), name, one.getKey(), one.getValue()));
    }
  }

  @Nested
  final class Dependencies extends Contract {
    Dependencies() {
      super("code.audit_dependencies", "folder", "engineering/kiosk");
    }
  }

  @Nested
  final class DiffRisk extends Contract {
    DiffRisk() {
      super("code.diff_risk", "patch", "engineering/refund.patch");
    }
  }

  @Nested
  final class LogTriage extends Contract {
    LogTriage() {
      super("logs.triage", "log", "devops/shop.log");
    }
  }

  @Nested
  final class Lint extends Contract {
    Lint() {
      super("kubernetes.lint", "manifest", "devops/kiosk.yaml");
    }
  }

  @Nested
  final class Clauses extends Contract {
    Clauses() {
      super("contracts.check_clauses", "contract", "legal/kiosk-services.txt");
    }
  }

  @Nested
  final class Citations extends Contract {
    Citations() {
      super("citations.check", "text", "research/queues.md");
    }
  }

  @Nested
  final class CriticalPath extends Contract {
    CriticalPath() {
      super("planning.critical_path", "tasks", "planning/kiosk-opening.csv");
    }
  }

  @Nested
  final class Profile extends Contract {
    Profile() {
      super("csv.profile", "table", "analytics/tickets.csv");
    }
  }

  @Nested
  final class ManifestAudit extends Contract {
    ManifestAudit() {
      super("mobile.audit_manifest", "manifest", "mobile/AndroidManifest.xml");
    }
  }
}
