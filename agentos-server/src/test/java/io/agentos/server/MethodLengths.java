package io.agentos.server;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** How many lines the methods of some sources have, from the first brace's line to the last's. */
final class MethodLengths {
  private MethodLengths() {}

  /** Lines by {@code Type.java: method}; of methods of one name the longest. */
  static Map<String, Integer> of(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, Integer> lengths = new LinkedHashMap<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  _ -> {},
                  List.of(),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
              long first = line(positions.getStartPosition(unit, method.getBody()));
              long last = line(positions.getEndPosition(unit, method.getBody()));
              lengths.merge(
                  file + ": " + method.getName(), Math.toIntExact(last - first + 1), Math::max);
            }
            return super.visitMethod(method, null);
          }

          private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
          }
        }.scan(unit, null);
      }
    }
    return lengths;
  }
}
