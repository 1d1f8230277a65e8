/** Tests of the file tools on real files, folders and links. */
@NullMarked
package io.agentos.tools.files;

import org.jspecify.annotations.NullMarked;
