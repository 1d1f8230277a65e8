/**
 * What the models of a task answered, as a recording to be played: {@link
 * io.agentos.server.recording.TaskRecording}.
 *
 * <p>May import {@code api}, the runtime's {@code json} and {@code redaction}, the adapter {@code
 * replay} and Jackson.
 */
@NullMarked
package io.agentos.server.recording;

import org.jspecify.annotations.NullMarked;
