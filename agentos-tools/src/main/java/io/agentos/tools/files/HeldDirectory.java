package io.agentos.tools.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** A folder held by its file descriptor: what happens to its name afterwards does not matter. */
final class HeldDirectory implements Directory {
  private final SecureDirectoryStream<Path> stream;

  HeldDirectory(SecureDirectoryStream<Path> stream) {
    this.stream = stream;
  }

  @Override
  public List<Path> names(int countMax) throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      Iterator<Path> members = stream.iterator();
      while (names.size() < countMax && members.hasNext()) {
        names.add(fileName(members.next()));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(names);
    return names;
  }

  private static Path fileName(Path member) {
    Path name = member.getFileName();
    return name == null ? member : name;
  }

  @Override
  public BasicFileAttributes attributes(Path name) throws IOException {
    return stream
        .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
        .readAttributes();
  }

  @Override
  public Directory directory(Path name) throws IOException {
    return new HeldDirectory(stream.newDirectoryStream(name, NOFOLLOW_LINKS));
  }

  @Override
  public SeekableByteChannel file(Path name) throws IOException {
    return stream.newByteChannel(name, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
