/**
 * The data use cases: prepare, measure, audit, split, synthesise, augment, convert, download, verify. Each class
 * takes a request and returns a result. A faulty request is a {@link org.sqltune.core.config.ConfigException} before
 * any work begins.
 */
@NullMarked
package org.sqltune.workflow.data;

import org.jspecify.annotations.NullMarked;
