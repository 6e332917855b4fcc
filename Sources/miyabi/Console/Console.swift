import Glibc

/// The terminal: results go to standard output, everything else to standard error.
enum Console {
    /// Standard output takes no more.
    struct OutputError: Error, CustomStringConvertible {
        let reason: Int32

        /// Whether its reader has gone.
        var isReaderGone: Bool { reason == EPIPE }
        var description: String { "cannot write the result to standard output: \(String(cString: strerror(reason)))" }
    }

    /// Writes a line of the result, at once even into a pipe. A command whose result is lost has failed.
    ///
    /// - Throws: ``OutputError``. (Typed, it crashes the compiler of Swift 6.3.1 in functions that await their argument.)
    static func result(_ line: String, terminator: String = "\n") throws {
        if let reason = write(line + terminator, to: STDOUT_FILENO) { throw OutputError(reason: reason) }
    }

    /// Writes a line for the person; where it cannot be written, there is nobody left to tell.
    static func error(_ line: String) { prompt(line + "\n") }

    /// Writes a question for the person, who answers on the same line.
    static func prompt(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// The `errno` that kept it from writing everything.
    private static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return errno }
        }
        return nil
    }
}
