import Glibc

/// Why an operation on the environment failed, in words for the person at the terminal.
///
/// Every error of the embedded environment, the settings and the supervisor is of this type. It never holds a secret.
public struct OperationsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is. New codes may come; compare with the static members.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, such as `portInUse`.
        public let description: String
        init(_ name: String) { description = name }

        /// A system call failed; the message names the call, the path and the reason.
        public static let system = Code("system")
        /// A variable of the environment or the `.env` file has a value that is not allowed.
        public static let invalidSetting = Code("invalidSetting")
        /// A program that Miyabi starts is not installed.
        public static let missingProgram = Code("missingProgram")
        /// Another program listens on the port.
        public static let portInUse = Code("portInUse")
        /// Another `miyabi up` owns this home.
        public static let alreadyRunning = Code("alreadyRunning")
        /// Nothing is running in this home.
        public static let notRunning = Code("notRunning")
        /// The directory is not a Miyabi home, or not one that this user may use.
        public static let unusableHome = Code("unusableHome")
        /// The PostgreSQL cluster cannot be made, started or recovered.
        public static let postgres = Code("postgres")
        /// The DynamoDB half cannot be started or reached.
        public static let dynamoDB = Code("dynamoDB")
        /// The keys that sign licences are missing, damaged or in use.
        public static let licenseKeys = Code("licenseKeys")
        /// A backup is missing, damaged, or cannot be made or restored.
        public static let backup = Code("backup")
        /// The key of encrypted data or backups is missing, damaged, or another one.
        public static let key = Code("key")
        /// A moment cannot be restored, or what point-in-time recovery needs is missing.
        public static let recovery = Code("recovery")
        /// A certificate or its key is missing, damaged, or cannot be made.
        public static let certificate = Code("certificate")
        /// Something would be sent or offered in clear where others could read it.
        public static let plaintext = Code("plaintext")
        /// Something did not finish in the time it was given.
        public static let timeout = Code("timeout")
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, one sentence.
    public let message: String
    /// What to do about it, if anything is to be done.
    public let advice: String?

    /// Makes an error; `advice` says what the reader can do.
    public init(_ code: Code, _ message: String, advice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    /// The message, and the advice on lines of its own.
    public var description: String {
        guard let advice else { return message }
        return message + "\n" + advice.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
}

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
