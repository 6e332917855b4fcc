import Glibc

/// The terminal: results go to standard output, everything else to standard error.
enum Console {
    /// Writes a line of the result, at once even into a pipe.
    static func result(_ line: String) { write(line, to: STDOUT_FILENO) }

    /// Writes a line for the person.
    static func error(_ line: String) { write(line, to: STDERR_FILENO) }

    /// Where nobody listens any more, the rest is dropped: there is nobody left to tell.
    private static func write(_ line: String, to descriptor: Int32) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }
}
