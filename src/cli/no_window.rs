//! Why no window comes up, in words that help: no display, a system library that is missing, a mistake of ours.
//!
//! Only words. The libraries are opened at run time by the window's crates, which name them in their errors.

macro_rules! instead {
    () => {
        "without a window there are matryoshka info, check, export, new and formats (matryoshka --help)"
    };
}

/// What is said where there is no display at all.
pub const NO_DISPLAY: &str =
    concat!("No display was found: start it from a desktop session; ", instead!());

/// What is said by a program that was built without the feature `gui`.
pub const NOT_BUILT: &str =
    concat!("This build has no window: build it with the feature gui; ", instead!());

/// What an error says where a library is missing, and the Debian packages that have it.
const LIBRARIES: [(&str, &str); 16] = [
    ("libX11.so", "libx11-6"),
    ("libX11-xcb.so", "libx11-xcb1"),
    ("libXcursor.so", "libxcursor1"),
    ("libXi.so", "libxi6"),
    ("libxkbcommon-x11.so", "libxkbcommon-x11-0"),
    ("libxkbcommon.so", "libxkbcommon0"),
    ("libGL.so", OPENGL),
    ("libEGL.so", OPENGL),
    ("GLX", OPENGL),
    ("EGL", OPENGL),
    ("glutin", OPENGL),
    ("libwayland-client.so", "libwayland-client0"),
    ("wayland library could not be loaded", "libwayland-client0"),
    ("libwayland-cursor.so", "libwayland-cursor0"),
    ("libwayland-egl.so", "libwayland-egl1"),
    ("libfontconfig.so", "libfontconfig1"),
];

const OPENGL: &str = "libgl1 libegl1 libgl1-mesa-dri";

/// Whether a window is hopeless here: on Linux, without either kind of display.
pub fn display_is_missing() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "linux")
        && !["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(is_set)
}

/// What is said where the window could not be opened, by the error that said so.
pub fn not_opened(error: &str) -> String {
    match packages(error).join(" ") {
        none if none.is_empty() => {
            format!("The window could not be opened ({error}); {}", instead!())
        }
        packages => format!(
            "The window could not be opened ({error}); on Debian and its kin this helps: \
             sudo apt install {packages}; {}",
            instead!()
        ),
    }
}

/// What is said where the window stopped by a panic, with the panic's words.
pub fn crashed(panic: &str) -> String {
    if packages(panic).is_empty() {
        format!(
            "The window stopped because of a mistake in the program ({panic}); your changes are kept and are \
             offered when the project is opened again; please report this"
        )
    } else {
        not_opened(panic)
    }
}

/// The packages that bring what `error` misses, each once.
fn packages(error: &str) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for (sign, package) in LIBRARIES {
        if error.contains(sign) && !packages.contains(&package) {
            packages.push(package);
        }
    }
    packages
}

#[cfg(test)]
mod tests {
    use crate::cli::no_window::{OPENGL, crashed, not_opened, packages};

    #[test]
    fn a_missing_library_is_named_by_its_debian_package() {
        let missing = |name: &str| {
            packages(&format!(
                "opening library failed ({name}: cannot open shared object file: No such file or directory)"
            ))
        };
        assert_eq!(missing("libX11.so.6"), ["libx11-6"]);
        assert_eq!(missing("libX11-xcb.so.1"), ["libx11-xcb1"]);
        assert_eq!(missing("libXcursor.so.1"), ["libxcursor1"]);
        assert_eq!(missing("libXi.so.6"), ["libxi6"]);
        assert_eq!(missing("libwayland-client.so.0"), ["libwayland-client0"]);
        assert_eq!(missing("libfontconfig.so.1"), ["libfontconfig1"]);
        assert_eq!(missing("libGL.so.1"), [OPENGL]);
        assert_eq!(missing("libxkbcommon.so.0"), ["libxkbcommon0"]);
    }

    #[test]
    fn the_words_of_panics_are_understood_too() {
        let panic = "Library libxkbcommon-x11.so could not be loaded.";
        assert_eq!(packages(panic), ["libxkbcommon-x11-0"]);
        assert!(crashed(panic).contains("apt install libxkbcommon-x11-0;"), "{}", crashed(panic));
        assert_eq!(packages("The wayland library could not be loaded"), ["libwayland-client0"]);
    }

    #[test]
    fn a_package_is_named_once() {
        let error = "glutin: failed to load libEGL.so.1 and libGL.so.1 (GLX)";
        assert_eq!(not_opened(error).matches("libgl1-mesa-dri").count(), 1);
    }

    #[test]
    fn an_error_that_names_no_library_names_no_package() {
        assert!(!not_opened("the requested operation is not supported").contains("apt"));
        assert!(crashed("index out of bounds, at page/mod.rs:7").contains("please report"));
    }
}
