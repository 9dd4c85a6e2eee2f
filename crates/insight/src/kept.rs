//! What a snapshot keeps in memory once it was asked for, each for as long as it holds.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::Result;

/// Something that is made when it is first asked for, and anew on another UTC day.
pub(crate) struct Daily<T>(Mutex<Option<(i64, Arc<T>)>>);

impl<T> Default for Daily<T> {
    fn default() -> Self {
        Daily(Mutex::new(None))
    }
}

impl<T> Daily<T> {
    /// Those who ask while it is being made wait for it.
    pub(crate) fn get(&self, now: i64, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        let mut held = lock(&self.0);
        match held.as_ref() {
            Some((day, made)) if *day == now.div_euclid(DAY) => Ok(made.clone()),
            _ => {
                let made = Arc::new(make()?);
                *held = Some((now.div_euclid(DAY), made.clone()));
                Ok(made)
            }
        }
    }
}

/// Something that is made when it is first asked for, and holds as long as the snapshot.
pub(crate) struct Once<T>(Mutex<Option<Arc<T>>>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Once(Mutex::new(None))
    }
}

impl<T> Once<T> {
    /// Those who ask while it is being made wait for it.
    pub(crate) fn get(&self, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        let mut held = lock(&self.0);
        if let Some(made) = held.as_ref() {
            return Ok(made.clone());
        }
        Ok(held.insert(Arc::new(make()?)).clone())
    }
}

/// Things that cost a look-up, by the conversation's row. It holds `MOST` before it starts again from none.
pub(crate) struct Cache<T: ?Sized, const MOST: usize>(Mutex<FxHashMap<u32, Arc<T>>>);

impl<T: ?Sized, const MOST: usize> Default for Cache<T, MOST> {
    fn default() -> Self {
        Cache(Mutex::default())
    }
}

impl<T: ?Sized, const MOST: usize> Cache<T, MOST> {
    pub(crate) fn get(&self, row: u32) -> Option<Arc<T>> {
        lock(&self.0).get(&row).cloned()
    }

    pub(crate) fn put(&self, row: u32, thing: Arc<T>) {
        let mut held = lock(&self.0);
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(row, thing);
    }
}

/// The latest of something that is made anew now and then.
pub(crate) struct Latest<T>(Mutex<Option<Arc<T>>>);

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Latest(Mutex::new(None))
    }
}

impl<T> Latest<T> {
    pub(crate) fn get(&self) -> Option<Arc<T>> {
        lock(&self.0).clone()
    }

    pub(crate) fn put(&self, thing: Arc<T>) {
        *lock(&self.0) = Some(thing);
    }
}

/// A panic elsewhere leaves at worst an entry unwritten, never half a one.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
