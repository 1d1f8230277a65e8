/**
 * Auditing what a mobile app declares: {@code AndroidManifest.xml} and {@code Info.plist}.
 *
 * <p>{@link io.agentos.tools.mobile.MobileTools} is the door. May import {@code tools.findings},
 * {@code tools.files}, {@code api}, {@code spi} and the JDK.
 */
@NullMarked
package io.agentos.tools.mobile;

import org.jspecify.annotations.NullMarked;
