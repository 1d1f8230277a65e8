package io.agentos.server.cli;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * The verifier of {@code verifier/AuditVerifier.java}, as it is packed in this jar. It stands in no
 * package, so that its one file can be run by itself; so it is reached by its name.
 */
public final class OfflineVerifier {
  private OfflineVerifier() {}

  /** Runs it with these arguments; gives its exit code: 0 fits, 1 does not, 2 cannot be read. */
  public static int run(PrintStream out, List<String> arguments) {
    try {
      return (int)
          Class.forName("AuditVerifier")
              .getMethod("run", PrintStream.class, String[].class)
              .invoke(null, out, arguments.toArray(String[]::new));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the verifier broke", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the jar has no verifier", e);
    }
  }
}
