import Glibc

extension OperationsError {
    /// The failure of a system call: `errno` in words, with what was tried on which path.
    package static func system(_ operation: String, _ path: String? = nil, errno number: Int32 = errno)
        -> OperationsError
    {
        let subject = path.map { " \($0)" } ?? ""
        return OperationsError(.system, "cannot \(operation)\(subject): \(String(cString: strerror(number)))")
    }
}

/// Runs a system call again as long as a signal interrupts it.
package func retryingInterrupted<R: FixedWidthInteger & SignedInteger>(_ call: () -> R) -> R {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
