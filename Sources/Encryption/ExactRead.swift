import Glibc

/// Why a file does not give the bytes that were asked for.
package enum ExactReadFault: Error {
    /// A system call failed.
    case system(errno: Int32)
    case cutOff
}

/// Exactly `count` bytes of an open file, from a place in it.
package func exactBytes(of descriptor: Int32, at offset: Int, count: Int) throws(ExactReadFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
        let read = bytes.withUnsafeMutableBytes { buffer in
            pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
        }
        if read < 0, errno == EINTR { continue }
        guard read >= 0 else { throw .system(errno: errno) }
        guard read > 0 else { throw .cutOff }
        filled += read
    }
    return bytes
}
