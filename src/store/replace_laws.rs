//! What `read` and `replace` promise, under every single fault of the disk.

use crate::store::{
    Digest, Disk as _, Expected, Fault, FaultDisk, MAX_FILE_BYTES, OnDisk, RealDisk, StoreError,
    on_disk, read, replace,
};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const OLD: &[u8] = b"the old bytes";
const NEW: &[u8] = b"the new bytes, which are longer";

fn put(path: &Path, bytes: &[u8]) {
    let file = RealDisk.create_new(path).unwrap();
    RealDisk.write(&file, bytes).unwrap();
}

fn folder_with_old() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("summit.json");
    put(&path, OLD);
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn expecting_old() -> Expected {
    Expected::File(Digest::of(OLD))
}

#[test]
fn a_file_is_replaced_and_its_digest_is_that_of_the_new_bytes() {
    let (folder, path) = folder_with_old();
    let digest = replace(&RealDisk, &path, NEW, expecting_old()).unwrap();
    assert_eq!(digest, Digest::of(&read(&path).unwrap()));
    assert_eq!(read(&path).unwrap(), NEW);
    assert_eq!(names(folder.path()), ["summit.json"]);
    let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(Digest::of(b"").as_str(), empty);
}

#[test]
fn the_steps_come_in_the_order_that_a_power_cut_demands() {
    let (_folder, path) = folder_with_old();
    let disk = FaultDisk::recording();
    replace(&disk, &path, NEW, expecting_old()).unwrap();
    let steps = ["create", "copy permissions", "write", "sync", "read", "rename", "sync folder"];
    assert_eq!(disk.steps(), steps);
}

#[test]
fn whatever_operation_fails_the_file_is_whole_and_nothing_is_left_beside_it() {
    let kinds = [ErrorKind::Other, ErrorKind::StorageFull, ErrorKind::PermissionDenied];
    for kind in kinds {
        let mut at = 0;
        loop {
            let (folder, path) = folder_with_old();
            let disk = FaultDisk::new(at, Fault::Error(kind));
            let result = replace(&disk, &path, NEW, expecting_old());
            if !disk.was_reached() {
                assert!(result.is_ok());
                break;
            }
            let bytes = read(&path).unwrap();
            match result {
                Err(StoreError::Unconfirmed { digest, .. }) => {
                    assert_eq!((bytes.as_slice(), digest), (NEW, Digest::of(NEW)));
                }
                Err(_) => assert_eq!(bytes, OLD, "operation {at}"),
                Ok(_) => panic!("operation {at} failed and nobody said so"),
            }
            assert_eq!(names(folder.path()), ["summit.json"], "operation {at}");
            replace(&RealDisk, &path, NEW, expecting_old()).expect("trying again works");
            at += 1;
        }
        assert!(at >= 6, "only {at} operations were tried");
    }
}

#[test]
fn wherever_the_process_dies_the_file_is_whole() {
    for expected in [expecting_old(), Expected::Anything] {
        let mut seen = [0, 0];
        for at in 0.. {
            let (_folder, path) = folder_with_old();
            let disk = FaultDisk::new(at, Fault::Death);
            let result = replace(&disk, &path, NEW, expected.clone());
            if !disk.was_reached() {
                assert!(result.is_ok());
                break;
            }
            let bytes = read(&path).unwrap();
            assert!(bytes == OLD || bytes == NEW, "operation {at}");
            seen[usize::from(bytes == NEW)] += 1;
            replace(&RealDisk, &path, NEW, expecting_old()).expect("the next start can save");
        }
        assert!(seen[0] >= 4 && seen[1] == 1, "{seen:?}");
    }
}

#[test]
fn wherever_the_process_dies_a_new_file_is_absent_or_whole() {
    for at in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.json");
        let disk = FaultDisk::new(at, Fault::Death);
        let result = replace(&disk, &path, NEW, Expected::NoFile);
        if !disk.was_reached() {
            assert!(result.is_ok());
            break;
        }
        match read(&path) {
            Ok(bytes) => assert_eq!(bytes, NEW),
            Err(error) => assert_eq!(error, StoreError::Missing(path.clone())),
        }
        replace(&RealDisk, &path, NEW, Expected::NoFile).expect("the next start can save");
    }
}

#[test]
fn bytes_that_nobody_saw_are_not_replaced() {
    let (folder, path) = folder_with_old();
    let error = replace(&RealDisk, &path, NEW, Expected::File(Digest::of(b"others"))).unwrap_err();
    assert_eq!(error, StoreError::ChangedOutside(path.clone()));
    let error = replace(&RealDisk, &path, NEW, Expected::NoFile).unwrap_err();
    assert_eq!(error, StoreError::Exists(path.clone()));
    assert_eq!(read(&path).unwrap(), OLD);
    let absent = folder.path().join("absent.json");
    let error = replace(&RealDisk, &absent, NEW, expecting_old()).unwrap_err();
    assert_eq!(error, StoreError::Gone(absent));
    assert_eq!(names(folder.path()), ["summit.json"]);
}

#[test]
fn what_the_user_confirmed_is_replaced_whatever_it_was() {
    let (folder, path) = folder_with_old();
    replace(&RealDisk, &path, NEW, Expected::Anything).unwrap();
    assert_eq!(read(&path).unwrap(), NEW);
    let absent = folder.path().join("absent.json");
    replace(&RealDisk, &absent, NEW, Expected::Anything).unwrap();
    replace(&RealDisk, &folder.path().join("third.json"), NEW, Expected::NoFile).unwrap();
    assert_eq!(names(folder.path()).len(), 3);
}

#[test]
fn what_is_on_the_disk_is_told_apart() {
    let (folder, path) = folder_with_old();
    assert_eq!(on_disk(&path, &Digest::of(OLD)), Ok(OnDisk::Same));
    assert_eq!(on_disk(&path, &Digest::of(NEW)), Ok(OnDisk::Changed(Digest::of(OLD))));
    assert_eq!(on_disk(&folder.path().join("absent"), &Digest::of(OLD)), Ok(OnDisk::Absent));
    assert_eq!(
        on_disk(folder.path(), &Digest::of(OLD)),
        Err(StoreError::Folder(folder.path().into()))
    );
}

#[test]
fn each_thing_that_is_no_readable_file_has_its_own_error() {
    let (folder, path) = folder_with_old();
    assert_eq!(read(folder.path()), Err(StoreError::Folder(folder.path().into())));
    let absent = folder.path().join("absent.json");
    assert_eq!(read(&absent), Err(StoreError::Missing(absent)));
    let below = path.join("below.json");
    assert_eq!(read(&below), Err(StoreError::Missing(below)));
    let large = folder.path().join("large.json");
    RealDisk.create_new(&large).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
    assert_eq!(read(&large), Err(StoreError::TooLarge(large)));
}

#[cfg(unix)]
#[test]
fn a_device_is_neither_read_nor_replaced_and_limits_count_what_is_read() {
    let device = Path::new("/dev/zero");
    assert_eq!(read(device), Err(StoreError::NotAFile(device.into())));
    let error = replace(&RealDisk, device, NEW, Expected::Anything).unwrap_err();
    assert_eq!(error, StoreError::NotAFile(device.into()));
    let error = RealDisk.read(device, 1000).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::FileTooLarge, "it claims to be empty and never ends");
}

#[test]
fn a_place_that_cannot_be_written_has_a_clear_error() {
    let (folder, path) = folder_with_old();
    let error = replace(&RealDisk, folder.path(), NEW, Expected::Anything).unwrap_err();
    assert_eq!(error, StoreError::Folder(folder.path().into()));
    let error = replace(&RealDisk, &path.join("below.json"), NEW, Expected::NoFile).unwrap_err();
    assert_eq!(error, StoreError::NoFolder(path.clone()));
    let nowhere = folder.path().join("no/such.json");
    let error = replace(&RealDisk, &nowhere, NEW, Expected::NoFile).unwrap_err();
    assert_eq!(error, StoreError::NoFolder(folder.path().join("no")));
    let full = FaultDisk::new(2, Fault::Error(ErrorKind::StorageFull));
    let error = replace(&full, &path, NEW, Expected::Anything).unwrap_err();
    assert_eq!(error, StoreError::DiskFull(path.clone()));
    let forbidden = FaultDisk::new(0, Fault::Error(ErrorKind::PermissionDenied));
    let error = replace(&forbidden, &path, NEW, Expected::Anything).unwrap_err();
    assert_eq!(error, StoreError::FolderNotWritable(folder.path().into()));
    assert_eq!(read(&path).unwrap(), OLD);
}

#[test]
fn a_file_that_was_made_read_only_is_left_alone() {
    let (_folder, path) = folder_with_old();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    File::open(&path).unwrap().set_permissions(permissions).unwrap();
    let error = replace(&RealDisk, &path, NEW, expecting_old()).unwrap_err();
    assert_eq!(error, StoreError::ReadOnly(path.clone()));
    assert_eq!(read(&path).unwrap(), OLD);
}

#[test]
fn more_than_could_be_read_again_is_not_written() {
    let (_folder, path) = folder_with_old();
    let bytes = vec![0; usize::try_from(MAX_FILE_BYTES).unwrap() + 1];
    let error = replace(&RealDisk, &path, &bytes, Expected::Anything).unwrap_err();
    assert_eq!(error, StoreError::TooLarge(path));
}

#[cfg(unix)]
#[test]
fn permissions_are_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = folder_with_old();
    File::open(&path).unwrap().set_permissions(fs::Permissions::from_mode(0o640)).unwrap();
    replace(&RealDisk, &path, NEW, expecting_old()).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_symlink_stays_and_its_target_is_replaced_even_if_nothing_is_there_yet() {
    use std::os::unix::fs::symlink;
    let (folder, path) = folder_with_old();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let (first, second) = (elsewhere.join("first.json"), elsewhere.join("second.json"));
    symlink("../summit.json", &first).unwrap();
    symlink("first.json", &second).unwrap();
    replace(&RealDisk, &second, NEW, expecting_old()).unwrap();
    assert_eq!(read(&path).unwrap(), NEW);
    assert!(second.is_symlink() && first.is_symlink() && !path.is_symlink());
    fs::remove_file(&path).unwrap();
    replace(&RealDisk, &second, OLD, Expected::NoFile).unwrap();
    assert_eq!(read(&path).unwrap(), OLD);
    let ring = elsewhere.join("ring");
    symlink("ring", &ring).unwrap();
    replace(&RealDisk, &ring, NEW, Expected::NoFile).unwrap_err();
}

#[test]
fn a_temporary_file_of_a_killed_process_is_in_nobodys_way() {
    let (folder, path) = folder_with_old();
    for number in 0..1000 {
        let name = format!(".matryoshka-{}-{number}.tmp", std::process::id());
        put(&folder.path().join(name), b"left behind");
    }
    replace(&RealDisk, &path, NEW, expecting_old()).unwrap();
    assert_eq!(read(&path).unwrap(), NEW);
    assert_eq!(names(folder.path()).len(), 1001, "and none of them is touched");
}
