package io.agentos.tools.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A folder known by its real path, for file systems that cannot hold a folder open. It checks the
 * path again after each opening, before anything is read.
 */
final class NamedDirectory implements Directory {
  private final Path real;

  NamedDirectory(Path real) {
    this.real = real;
  }

  @Override
  public List<Path> names(int countMax) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(real)) {
      Iterator<Path> members = stream.iterator();
      while (names.size() < countMax && members.hasNext()) {
        names.add(Objects.requireNonNull(members.next().getFileName()));
      }
      checkStillThere(real);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public BasicFileAttributes attributes(Path name) throws IOException {
    checkStillThere(real);
    return Files.readAttributes(real.resolve(name), BasicFileAttributes.class, NOFOLLOW_LINKS);
  }

  @Override
  public Directory directory(Path name) throws IOException {
    Path member = real.resolve(name);
    checkStillThere(member);
    if (!attributes(name).isDirectory()) {
      throw new FileSystemException(member.toString(), null, "is not a folder");
    }
    return new NamedDirectory(member);
  }

  @Override
  public SeekableByteChannel file(Path name) throws IOException {
    Path member = real.resolve(name);
    SeekableByteChannel channel =
        Files.newByteChannel(member, StandardOpenOption.READ, NOFOLLOW_LINKS);
    try {
      checkStillThere(member);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void checkStillThere(Path path) throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new FileSystemException(path.toString(), null, "was replaced by a link");
    }
  }

  @Override
  public void close() {}
}
