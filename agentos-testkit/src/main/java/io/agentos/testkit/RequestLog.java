package io.agentos.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file with one JSON line per request, on disk before the request is answered: what survives when
 * either side is killed.
 *
 * <p>Thread-safe. Appends to a file that exists.
 */
final class RequestLog implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final FileChannel file;
  private final ReentrantLock lock = new ReentrantLock();

  RequestLog(Path file) {
    try {
      this.file =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(ReceivedCall call) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("number", call.number());
    line.put("path", call.path());
    line.put("idempotency_key", call.idempotencyKey());
    line.put("turn", call.turn());
    line.put("body", call.body());
    ByteBuffer bytes =
        ByteBuffer.wrap((MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    lock.lock();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
