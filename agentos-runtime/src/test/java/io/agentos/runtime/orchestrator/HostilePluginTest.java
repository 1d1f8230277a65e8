package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.orchestrator.Desk.Deed;
import io.agentos.runtime.orchestrator.Desk.Ending;
import io.agentos.runtime.orchestrator.Desk.Story;
import io.agentos.spi.Gate;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import io.agentos.spi.Plugin;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A plugin that tries whatever the SPI offers: it is handed no door to the database and no tenant
 * but its own, and whatever it does with its call, its task ends, others go on, and the log holds.
 *
 * <p>What only a JVM without a sandbox lets it do (reflection, files, {@code System.exit}) is not
 * tried: plugins in the JVM are trusted, as docs/tenancy.md says.
 */
final class HostilePluginTest {
  private static final String SECRET = "of-the-other-tenant";
  private static final CountDownLatch END = new CountDownLatch(1);
  private static final ConcurrentLinkedQueue<ToolContext> CONTEXTS = new ConcurrentLinkedQueue<>();
  private static final Map<String, Function<ToolContext, ToolResult>> DEEDS = deeds();
  private static Desk desk;

  @BeforeAll
  static void open() {
    List<Tool> tools = new ArrayList<>();
    DEEDS.forEach((name, deed) -> tools.add(tool("plug." + name, deed)));
    desk = new Desk(Map.of("good.one", ToolSpec.Effect.READ_ONLY), tools);
  }

  @AfterAll
  static void close() {
    END.countDown();
    desk.close();
  }

  private static Map<String, Function<ToolContext, ToolResult>> deeds() {
    Map<String, Function<ToolContext, ToolResult>> deeds = new LinkedHashMap<>();
    deeds.put(
        "throws",
        _ -> {
          throw new IllegalStateException(SECRET);
        });
    deeds.put("overflows", context -> overflow(context, 0));
    deeds.put(
        "exhausts",
        _ -> {
          throw new OutOfMemoryError("as if");
        });
    deeds.put(
        "asserts",
        _ -> {
          throw new AssertionError("broken");
        });
    deeds.put("nothing", _ -> null);
    deeds.put("largest", _ -> ToolResult.ofText("x".repeat(ToolResult.TEXT_LENGTH_MAX)));
    deeds.put("larger", _ -> ToolResult.ofText("x".repeat(ToolResult.TEXT_LENGTH_MAX + 1)));
    deeds.put("many", _ -> new ToolResult("x", wide(), false));
    deeds.put("deep", _ -> new ToolResult("x", deep(), false));
    deeds.put("circle", _ -> new ToolResult("x", circle(), false));
    deeds.put("foreign_type", _ -> new ToolResult("x", Map.of("t", Thread.currentThread()), false));
    deeds.put("zero", _ -> ToolResult.ofText("a\u0000b"));
    deeds.put("surrogate", _ -> ToolResult.ofText("\uD800"));
    deeds.put(
        "interrupts",
        _ -> {
          Thread.currentThread().interrupt();
          return ToolResult.ofText("interrupted");
        });
    deeds.put("leaks", _ -> leak());
    deeds.put(
        "other_tenant", context -> ToolResult.ofText("I am %s".formatted(context.key().tenant())));
    return deeds;
  }

  private static ToolResult overflow(ToolContext context, int depth) {
    return depth < 0 ? ToolResult.ofText("deep enough") : overflow(context, depth + 1);
  }

  private static Map<String, Object> wide() {
    Map<String, Object> fields = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      fields.put("f" + i, i);
    }
    return fields;
  }

  private static Map<String, Object> deep() {
    Map<String, Object> fields = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      fields = new HashMap<>(Map.of("d", fields));
    }
    return fields;
  }

  private static Map<String, Object> circle() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("self", fields);
    return fields;
  }

  private static ToolResult leak() {
    for (int i = 0; i < 200; i++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              END.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    return ToolResult.ofText("leaked");
  }

  private static Tool tool(String name, Function<ToolContext, ToolResult> deed) {
    ToolSpec spec =
        new ToolSpec(
            name,
            "Hostile.",
            Map.of("type", "object"),
            ToolSpec.Effect.READ_ONLY,
            Zone.GREEN,
            Duration.ofSeconds(10));
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public ToolResult call(ToolArguments arguments, ToolContext context) {
        CONTEXTS.add(context);
        return deed.apply(context);
      }
    };
  }

  @Test
  void whateverItsCallDoes_itsTaskEnds_andOthersGoOn() {
    for (String name : DEEDS.keySet()) {
      Ending ending = desk.run(story("Use plug " + name + " now.", "plug." + name));
      assertThat(ending.state()).as(name).isIn("completed", "failed");

      Ending other = desk.run(story("Use the good one after " + name + ".", "good.one"));
      assertThat(other.state()).as("after " + name).isEqualTo("completed");
      assertThat(other.reached()).as("after " + name).containsExactly("good.one");
    }
    TestStore store = desk.store();
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    assertThat(CONTEXTS)
        .isNotEmpty()
        .allSatisfy(context -> assertThat(context.key().tenant()).isEqualTo(TestStore.ACME));
    assertThat(CONTEXTS.stream().map(context -> context.key().task()).map(TaskId::toString))
        .doesNotContain("");
  }

  @Test
  void theSpi_handsOutNoDoor() {
    Deque<Class<?>> left =
        new ArrayDeque<>(
            List.of(
                Tool.class,
                ToolContext.class,
                ToolArguments.class,
                Gate.class,
                ModelProvider.class,
                ModelListener.class,
                Plugin.class));
    Set<Class<?>> seen = new LinkedHashSet<>(left);
    List<String> doors = new ArrayList<>();
    while (!left.isEmpty()) {
      Class<?> type = left.poll();
      for (Method method : type.getMethods()) {
        if (method.getDeclaringClass() == Object.class
            || Modifier.isStatic(method.getModifiers())) {
          continue;
        }
        List<Class<?>> named = new ArrayList<>(List.of(method.getParameterTypes()));
        named.add(method.getReturnType());
        for (Class<?> each : named) {
          Class<?> bare = each.isArray() ? each.componentType() : each;
          String in = bare.getPackageName();
          boolean ours = in.equals("io.agentos.api") || in.equals("io.agentos.spi");
          if (ours && seen.add(bare)) {
            left.add(bare);
          } else if (!ours
              && !in.equals("java.lang")
              && !in.matches("java\\.(util|time)(\\..*)?")) {
            doors.add(type.getSimpleName() + "." + method.getName() + ": " + bare.getName());
          }
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(10);
    assertThat(doors).isEmpty();
  }

  private static Story story(String instruction, String tool) {
    return new Story(
        instruction, instruction, List.of(new Deed(tool, Map.of())), "plain", List.of());
  }
}
