/**
 * Reading the history of a folder with the git of the machine: {@code git.log}, {@code git.diff},
 * {@code git.show} and {@code git.blame}.
 *
 * <p>A repository may come from anywhere, and its configuration can name programs to run. So git
 * never sees it: it works on a view of the repository that has a configuration of our own, without
 * a shell, network, hooks, filters or a pager, within bounds of time and size.
 *
 * <p>May import {@code tools.files}, {@code api}, {@code spi} and the JDK.
 */
@NullMarked
package io.agentos.tools.git;

import org.jspecify.annotations.NullMarked;
