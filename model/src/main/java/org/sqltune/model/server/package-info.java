/** Requests to one server over HTTP, and what its refusals mean: for runtimes that compute models and hold them. */
@NullMarked
package org.sqltune.model.server;

import org.jspecify.annotations.NullMarked;
