package io.agentos.server.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessUseTest {
  private static final List<String> STATUS =
      List.of("Name:\tjava", "VmPeak:\t 4096 kB", "VmHWM:\t    3072 kB", "VmRSS:\t    2048 kB");

  @Test
  void mib_status_isReadInMebibytes() {
    assertThat(ProcessUse.mib(STATUS, "VmRSS")).isEqualTo(2);
    assertThat(ProcessUse.mib(STATUS, "VmHWM")).isEqualTo(3);
  }

  @Test
  void mib_fieldThatIsNotThere_isZero() {
    assertThat(ProcessUse.mib(STATUS, "VmSwap")).isZero();
    assertThat(ProcessUse.mib(List.of(), "VmRSS")).isZero();
  }

  @Test
  void cpu_ofThisProcess_isSomeAndOfAnEndedOneNone() throws Exception {
    assertThat(ProcessUse.cpu(ProcessHandle.current())).isPositive();
    Process ended = new ProcessBuilder(System.getProperty("java.home") + "/bin/java").start();
    ended.destroyForcibly().waitFor();
    assertThat(ProcessUse.cpu(ended.toHandle())).isZero();
  }
}
