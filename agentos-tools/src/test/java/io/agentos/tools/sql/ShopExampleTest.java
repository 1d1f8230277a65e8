package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShopExampleTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @Test
  void shop_everyPlantedFault_namedAndNothingElse() throws IOException {
    ToolResult result = Audits.call(Audits.tool(EXAMPLES), "schema", "shop.sql");

    assertThat(result.failed()).as(result.text()).isFalse();
    assertThat(Audits.names(result)).containsExactlyInAnyOrderElementsOf(planted());
    assertThat(result.fields())
        .containsEntry("total", 23)
        .containsEntry("by_severity", Map.of("high", 8, "medium", 3, "low", 12));
  }

  @Test
  void shop_repairsRun_nothingIsLeft() throws IOException {
    String sql = Files.readString(EXAMPLES.resolve("shop.sql"));

    Audits.assertRepairable(sql, Audits.schema(sql));
  }

  private static List<String> planted() throws IOException {
    return Files.readString(EXAMPLES.resolve("shop.sql"))
        .lines()
        .filter(line -> line.startsWith("-- PLANTED: "))
        .map(line -> line.substring("-- PLANTED: ".length()))
        .map(line -> line.substring(0, line.lastIndexOf(" | ")))
        .toList();
  }
}
